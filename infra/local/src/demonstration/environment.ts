import { addDays } from '@throughline/privacy';
import type { Profile } from './profiles.ts';
import type { EnvironmentPlan, SupportPlan } from './plan.ts';
import { turn } from './seeded.ts';
import { cities, familyNames, givenNames, streets } from './words.ts';

const strengths = [
  'I always come back.',
  'My sister picks up when I call.',
  'I can fix almost anything with a motor.',
  'I cook for the whole house on Sundays.',
  'I have kept every appointment this year.',
  'I know every bus line of the county.',
] as const;
const faiths = [
  null,
  null,
  'Prays on Fridays',
  'Sunday service matters',
  'Smudging before hard talks',
] as const;
const modalities = [['IN_PERSON'], ['PHONE', 'TELEHEALTH'], ['GROUP', 'IN_PERSON'], ['INDIVIDUAL']] as const;

/** What belongs to a person in addition to the registration of before; the same for the same index. */
export function planEnvironment(profile: Profile, index: number, today: string): EnvironmentPlan {
  const { populations, insurance } = profile;
  return {
    voicemailName: profile.inDanger ? null : turn(givenNames, index * 3),
    strengths: [turn(strengths, index), turn(strengths, index + 2)],
    preferences: {
      contactTimes: turn(['Mornings', 'After 4 pm', 'Not on Wednesdays', null], index),
      counselorGender: profile.inDanger ? 'FEMALE' : turn(['ANY', 'FEMALE', 'MALE', null], index),
      faith: turn(faiths, index),
      modalities: [...turn(modalities, index)],
      maximumDistanceKm: 5 + (index % 6) * 5,
    },
    addresses: addressesOf(profile, index),
    livingSituationSince: addDays(today, -20 - (index % 300)),
    coverages:
      insurance[0] === 'UNINSURED' ? [] : [{ type: turn(insurance, index), startsOn: addDays(today, -400) }],
    ...(populations.includes('JUSTICE_INVOLVED') && {
      custody: {
        facility: 'Marrow County Detention Center',
        releaseOn: addDays(today, turn([75, 45, 12, -3, -10, 20, -6], index)),
      },
      careSetting: 'CORRECTIONAL_FACILITY',
    }),
    ...(populations.includes('VETERAN') && { veteranStatus: 'YES' }),
    ...(index % 8 === 0 && { externalIds: [{ system: 'HMIS', value: `H-${String(70_000 + index)}` }] }),
  };
}

function addressesOf({ populations, inDanger, ages }: Profile, index: number): EnvironmentPlan['addresses'] {
  const city = turn(cities, index);
  if (populations.includes('HOMELESS'))
    return [{ kind: 'OUTREACH', lines: ['Behind the main library'], city }];
  const home = {
    kind: 'HOME',
    lines: [`${String(10 + index)} ${turn(streets, index)}`],
    city,
    isHidden: inDanger === true,
  };
  return ages[1] < 18 ? [home, { kind: 'SCHOOL', lines: ['Tallpine School'], city }] : [home];
}

const helpers = ['SIBLING', 'FRIEND', 'SPONSOR', 'PARTNER', 'FAITH_LEADER'] as const;

/** Who is around a person: a guardian of each minor, somebody to call, and sometimes somebody to be kept away. */
export function planSupport({ ages, populations, inDanger }: Profile, index: number): SupportPlan[] {
  const name = (step: number): string =>
    `${turn(givenNames, index * 7 + step)} ${turn(familyNames, index + step)}`;
  const phone = [{ kind: 'PHONE', value: `+1555${String(3_000_000 + index * 41)}` }];
  const guardian = {
    name: name(1),
    relation: 'PARENT',
    isGuardian: true,
    isEmergencyContact: true,
    livesWithClient: true,
  };
  const helper = {
    name: name(2),
    relation: turn(helpers, index),
    isEmergencyContact: true,
    contactPoints: phone,
  };
  return [
    ages[1] < 18 ? { ...guardian, contactPoints: phone } : helper,
    ...(populations.includes('CHRONIC_ILLNESS')
      ? [{ name: 'Cedar Fork Family Medicine', relation: 'PRIMARY_CARE' }]
      : []),
    ...(inDanger
      ? [
          {
            name: name(3),
            relation: 'PARTNER',
            isRestricted: true,
            restrictionNote: 'Court order of protection',
          },
        ]
      : []),
  ];
}
