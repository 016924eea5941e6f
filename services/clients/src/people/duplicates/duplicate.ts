import { distance } from 'fastest-levenshtein';
import type { PersonalRecord } from '../client/client.ts';
import { foldedWords } from '../search/fold.ts';
import { spellingOf } from '../search/spellings.ts';

export type DuplicateField =
  'NAME' | 'DATE_OF_BIRTH' | 'YEAR_OF_BIRTH' | 'PHONE' | 'EMAIL' | 'EXTERNAL_ID' | 'POSTAL_CODE' | 'SEX';
export type Verdict = 'AGREES' | 'SIMILAR' | 'PARTLY' | 'CONTRADICTS';

export interface Evidence {
  field: DuplicateField;
  verdict: Verdict;
  /** Positive: speaks for the same person. Bits, one decimal. */
  points: number;
}

/**
 * How often a verdict occurs: `m` between two records of one person, `u` between records of two people. The points are
 * log2(m / u), as in the model of Fellegi and Sunter. Source: https://doi.org/10.1080/01621459.1969.10501049
 */
export const frequencies: Record<DuplicateField, Partial<Record<Verdict, { m: number; u: number }>>> = {
  NAME: {
    AGREES: { m: 0.85, u: 0.0004 },
    SIMILAR: { m: 0.1, u: 0.0015 },
    PARTLY: { m: 0.04, u: 0.03 },
    CONTRADICTS: { m: 0.01, u: 0.968 },
  },
  DATE_OF_BIRTH: {
    AGREES: { m: 0.9, u: 0.00004 },
    SIMILAR: { m: 0.05, u: 0.0005 },
    PARTLY: { m: 0.04, u: 0.0125 },
    CONTRADICTS: { m: 0.01, u: 0.987 },
  },
  YEAR_OF_BIRTH: { AGREES: { m: 0.95, u: 0.0125 }, CONTRADICTS: { m: 0.05, u: 0.9875 } },
  PHONE: { AGREES: { m: 0.6, u: 0.0005 }, CONTRADICTS: { m: 0.4, u: 0.9995 } },
  EMAIL: { AGREES: { m: 0.7, u: 0.00005 }, CONTRADICTS: { m: 0.3, u: 0.99995 } },
  EXTERNAL_ID: { AGREES: { m: 0.98, u: 0.000001 }, CONTRADICTS: { m: 0.02, u: 0.99 } },
  POSTAL_CODE: { AGREES: { m: 0.6, u: 0.01 }, CONTRADICTS: { m: 0.4, u: 0.99 } },
  SEX: { AGREES: { m: 0.98, u: 0.5 }, CONTRADICTS: { m: 0.02, u: 0.5 } },
};

/** From this score on two records may be of one person. An equal name alone is less: many people have the same name. */
export const possibleFrom = 14;

type Compared = Pick<
  PersonalRecord,
  | 'legalName'
  | 'nameToUse'
  | 'otherNames'
  | 'dateOfBirth'
  | 'birthYear'
  | 'contactPoints'
  | 'externalIds'
  | 'postalCode'
  | 'sex'
>;
type Compare = (one: Compared, other: Compared) => Verdict | null;

/** What agrees and what contradicts between two records. What one of them does not say is no evidence. */
export function compare(one: Compared, other: Compared): Evidence[] {
  return (Object.keys(comparisons) as DuplicateField[]).flatMap((field) => {
    const verdict = comparisons[field](one, other);
    return verdict ? [{ field, verdict, points: pointsOf(field, verdict) }] : [];
  });
}

function pointsOf(field: DuplicateField, verdict: Verdict): number {
  const frequency = frequencies[field][verdict];
  return frequency ? Math.round(Math.log2(frequency.m / frequency.u) * 10) / 10 : 0;
}

/** The sum of the points, in whole bits. */
export function scoreOf(evidence: readonly Evidence[]): number {
  return Math.round(evidence.reduce((sum, { points }) => sum + points, 0));
}

const comparisons: Record<DuplicateField, Compare> = {
  NAME: (one, other) => {
    const verdicts = namesOf(one).flatMap((name) => namesOf(other).map((known) => nameVerdict(name, known)));
    return best.find((verdict) => verdicts.includes(verdict)) ?? null;
  },
  DATE_OF_BIRTH: ({ dateOfBirth: one }, { dateOfBirth: other }) =>
    one && other ? dayVerdict(one, other) : null,
  YEAR_OF_BIRTH: (one, other) => {
    if (one.dateOfBirth && other.dateOfBirth) return null;
    return sameOrNot(yearOf(one), yearOf(other));
  },
  PHONE: (one, other) => shared(contactsOf(one, 'PHONE'), contactsOf(other, 'PHONE')),
  EMAIL: (one, other) => shared(contactsOf(one, 'EMAIL'), contactsOf(other, 'EMAIL')),
  EXTERNAL_ID: ({ externalIds: one }, { externalIds: other }) => {
    const systems = new Set(other.map(({ system }) => system));
    const text = ({ system, value }: { system: string; value: string }) => `${system} ${value}`;
    const of = one.filter(({ system }) => systems.has(system));
    return of.length === 0 ? null : shared(of.map(text), other.map(text));
  },
  POSTAL_CODE: (one, other) => sameOrNot(one.postalCode?.slice(0, 5), other.postalCode?.slice(0, 5)),
  SEX: (one, other) => sameOrNot(known(one.sex), known(other.sex)),
};

const best: readonly Verdict[] = ['AGREES', 'SIMILAR', 'PARTLY', 'CONTRADICTS'];

function namesOf({ legalName, nameToUse, otherNames }: Compared): string[][] {
  const whole = [legalName, ...otherNames].map(foldedWords).filter((words) => words.length > 0);
  const called = foldedWords(nameToUse ?? '');
  // Who is called by one word keeps the family name.
  const family = whole[0]?.at(-1);
  const used = called.length === 1 && family ? [...called, family] : called;
  return used.length > 0 ? [...whole, used] : whole;
}

function nameVerdict(one: readonly string[], other: readonly string[]): Verdict {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  const same = few.filter((word) => many.includes(word)).length;
  if (same === many.length && many.length > 1) return 'AGREES';
  const near = few.filter((word) => many.some((known) => word === known || isAlike(word, known))).length;
  if (near === few.length && same + near > 1) return 'SIMILAR';
  return same > 0 ? 'PARTLY' : 'CONTRADICTS';
}

function isAlike(word: string, other: string): boolean {
  const kind = spellingOf(word, other)?.kind;
  return kind === 'NAME_SIMILAR' || kind === 'NAME_SOUND';
}

/** Similar: one digit differs, or day and month changed places. */
function dayVerdict(one: string, other: string): Verdict {
  if (one === other) return 'AGREES';
  const [year, month, day] = other.split('-');
  if (one === `${year}-${day}-${month}` || distance(one, other) === 1) return 'SIMILAR';
  return one.slice(0, 4) === year ? 'PARTLY' : 'CONTRADICTS';
}

function yearOf({ dateOfBirth, birthYear }: Compared): string | null {
  return dateOfBirth?.slice(0, 4) ?? (birthYear === null ? null : String(birthYear));
}

function contactsOf({ contactPoints }: Compared, kind: 'PHONE' | 'EMAIL'): string[] {
  return contactPoints.filter((point) => point.kind === kind).map(({ value }) => value.toLowerCase());
}

function shared(one: readonly string[], other: readonly string[]): Verdict | null {
  if (one.length === 0 || other.length === 0) return null;
  return one.some((value) => other.includes(value)) ? 'AGREES' : 'CONTRADICTS';
}

function sameOrNot(one: string | null | undefined, other: string | null | undefined): Verdict | null {
  if (!one || !other) return null;
  return one === other ? 'AGREES' : 'CONTRADICTS';
}

function known(sex: Compared['sex']): string | null {
  return sex === 'UNKNOWN' || sex === 'DECLINED' ? null : sex;
}
