import { allFakers, type Faker } from '@faker-js/faker';
import type { Findable } from '../../../../services/clients/src/people/search/term.ts';

/** Languages of the names, and how many of a hundred people have them. */
const shares = {
  en: 40,
  es: 20,
  vi: 6,
  ar: 5,
  ru: 5,
  zh_CN: 5,
  fr: 5,
  pl: 4,
  de: 4,
  tr: 3,
  pt_BR: 2,
  ko: 1,
} as const;

export interface Invented extends Findable {
  n: number;
  id: string;
}

interface Names {
  given: string[];
  family: string[];
}

/** Invented people, the same for the same seed: names of several languages, days of birth, telephones. */
export function inventPeople(seed: number): (n: number) => Invented {
  const faker = allFakers.en;
  faker.seed(seed);
  const names = Object.entries(shares).flatMap(([locale, share]) =>
    Array.from({ length: share }, () => namesOf(allFakers[locale as keyof typeof shares])),
  );
  return (n) => {
    const { given, family } = names[faker.number.int(names.length - 1)] ?? { given: [], family: [] };
    const legalName = `${faker.helpers.arrayElement(given)} ${faker.helpers.arrayElement(family)}`;
    const day = faker.number.int({ min: 0, max: 28_000 });
    return {
      ...{ n, id: idOf(n), legalName, nameToUse: null, otherNames: [], birthYear: null },
      caseNumber: `TL-2026-${String(n).padStart(6, '0')}`,
      dateOfBirth: new Date(Date.UTC(1935, 0, 1 + day)).toJSON().split('T')[0] ?? null,
      contactPoints: [
        {
          kind: 'PHONE',
          value: `+1305${String(2_000_000 + n).padStart(7, '0')}`,
          label: null,
          extension: null,
        },
      ],
      externalIds: n % 10 === 0 ? [{ system: 'HMIS', value: `H${String(n)}` }] : [],
    };
  };
}

const known = new Map<Faker, Names>();

function namesOf(faker: Faker): Names {
  const names = known.get(faker) ?? readNames(faker);
  known.set(faker, names);
  return names;
}

function readNames({ rawDefinitions: { person } }: Faker): Names {
  const texts = (entry: unknown): string[] =>
    Object.values((entry ?? {}) as Record<string, unknown[]>)
      .flat()
      .filter((name): name is string => typeof name === 'string');
  return { given: texts(person?.first_name), family: texts(person?.last_name) };
}

export function idOf(n: number): string {
  const hex = n.toString(16).padStart(12, '0');
  return `01900000-0000-7000-8000-${hex}`;
}
