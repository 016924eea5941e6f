import { addDays } from '@throughline/privacy';
import { planEnvironment } from './environment.ts';
import type { Profile } from './profiles.ts';
import type { NeedPlan, RegistrationPlan } from './plan.ts';
import { turn, type Seeded } from './seeded.ts';
import { counties, familyNames, givenNames, languages, pronouns, rightToLeftNames } from './words.ts';

/** Different names for everybody: given and family names run through each other, never meeting twice. */
export function namesFor(count: number, chance: Seeded): string[] {
  const given = chance.shuffled(givenNames);
  const family = chance.shuffled(familyNames);
  return Array.from({ length: count }, (_, index) => {
    const right = rightToLeftNames[index - 10];
    const round = Math.floor(index / given.length);
    return (
      right ?? `${turn(given, index)} ${turn(family, index + round * 7 + Math.floor(index / family.length))}`
    );
  });
}

export interface Somebody {
  profile: Profile;
  legalName: string;
  index: number;
  today: string;
}

export interface Person {
  age: number;
  registration: RegistrationPlan;
}

/** Who somebody is when they register. */
export function planPerson({ profile, legalName, index, today }: Somebody, chance: Seeded): Person {
  const age = chance.between(...profile.ages);
  const language = profile.otherLanguage ? turn(languages.slice(1), index) : turn(languages, spread(index));
  const called = chance.chance(0.2) ? { nameToUse: chance.pick(givenNames) } : {};
  const registration: RegistrationPlan = {
    legalName,
    ...called,
    pronouns: chance.pick(pronouns),
    dateOfBirth: birthday(age, today, chance),
    preferredLanguage: language.code,
    interpreterNeeded: language.code !== 'en' && (profile.otherLanguage ?? chance.chance(0.4)),
    populations: profile.populations,
    ...contactOf(profile, index, chance),
    safeAddress: profile.inDanger ?? false,
    livingSituation: chance.pick(profile.living),
    householdSize: age < 18 ? chance.between(2, 6) : chance.between(1, 4),
    insuranceType: chance.pick(profile.insurance),
    county: chance.pick(counties),
    postalCode: `199${chance.between(10, 39)}`,
    accessibilityNeeds: profile.accessibility ?? [],
    consentAuthority: profile.authority === 'POA' && index % 2 === 0 ? 'SELF' : profile.authority,
    needs: needsOf(profile, chance),
    ...planEnvironment(profile, index, today),
  };
  return { age, registration };
}

/** Two of three speak English at home, the others one of the other languages. */
const spread = (index: number): number => (index % 3 === 0 ? 1 + (Math.floor(index / 3) % 8) : 0);

function birthday(age: number, today: string, chance: Seeded): string {
  const lastBirthday = addDays(today, -chance.between(1, 350));
  const year = Number(lastBirthday.slice(0, 4)) - age;
  const monthAndDay = lastBirthday.slice(4) === '-02-29' ? '-02-28' : lastBirthday.slice(4);
  return `${year}${monthAndDay}`;
}

function contactOf(
  { inDanger, ages }: Profile,
  index: number,
  chance: Seeded,
): Pick<RegistrationPlan, 'contactPoints' | 'safeContact'> {
  const phone = `+1555${String(2_000_000 + index * 37).padStart(7, '0')}`;
  const prohibited = inDanger === true && chance.chance(0.6);
  const label = ages[1] < 18 ? { label: 'guardian' } : {};
  return {
    contactPoints: [
      { kind: 'PHONE', value: phone, ...label },
      ...(chance.chance(0.4) ? [{ kind: 'EMAIL' as const, value: `person${index + 1}@mail.example` }] : []),
    ],
    safeContact: {
      contactProhibited: prohibited,
      allowedMethods: prohibited ? [] : chance.pick([['CALL'], ['CALL', 'TEXT'], ['TEXT', 'IN_PERSON']]),
      leaveMessageOk: !inDanger && chance.chance(0.6),
      mayMentionProgram: !inDanger && chance.chance(0.3),
      ...(inDanger && { safeTimes: 'Weekdays before noon' }),
    },
  };
}

function needsOf({ needs }: Profile, chance: Seeded): NeedPlan[] {
  const count = chance.between(Math.min(2, needs.length), needs.length);
  return needs.slice(0, count).map((category, index) => ({
    category,
    clientRank: index + 1,
    priority: Math.min(5, index + chance.between(1, 2)),
    source: index === 0 ? 'CLIENT_STATED' : chance.pick(['CLIENT_STATED', 'STAFF_OBSERVED', 'FAMILY']),
  }));
}
