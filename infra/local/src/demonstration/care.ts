import { addDays } from '@throughline/privacy';
import type { CarePlanPlan, EpisodePlan, GoalPlan, HospitalPlan, NeedPlan, ScreeningPlan } from './plan.ts';
import { known, turn, type Seeded } from './seeded.ts';

/** How an episode gets to where it is: its first phase, then the others. */
export const wayTo: Record<string, [string, ...string[]]> = {
  INQUIRY: ['INQUIRY'],
  ENGAGEMENT: ['INQUIRY', 'ENGAGEMENT'],
  AWAITING_ADMISSION: ['INQUIRY', 'AWAITING_ADMISSION'],
  ADMITTED: ['ADMITTED'],
  STABILISATION: ['ADMITTED', 'STABILISATION'],
  ACTIVE: ['ADMITTED', 'ACTIVE'],
  STEP_DOWN: ['ADMITTED', 'ACTIVE', 'STEP_DOWN'],
  CONTINUING_CARE: ['ADMITTED', 'ACTIVE', 'CONTINUING_CARE'],
  MONITORING: ['ADMITTED', 'ACTIVE', 'CONTINUING_CARE', 'MONITORING'],
  ENDED: ['ADMITTED', 'ACTIVE'],
};
const sources = ['SELF_FAMILY_FRIEND', 'HEALTH_PROVIDER', 'CRISIS_SYSTEM', 'DRUG_COURT', 'SOCIAL_SERVICES'];
const ends = [
  { dischargeType: 'COMPLETED', endReason: 'TREATMENT_COMPLETED' },
  { dischargeType: 'OTHER', endReason: 'CONTACT_LOST' },
  { dischargeType: 'LEFT_AGAINST_ADVICE', endReason: 'CLIENT_DECISION' },
];

/** Phases after hospital care. */
const afterCare = ['CONTINUING_CARE', 'MONITORING'];

/** What follows a discharge: the days ago of the stay, of contacts that reached the person, and of attempts that did not. */
const afterwards = [
  {
    ...{ from: 110, to: 88, visit: 84, back: null, arrived: 84 },
    reached: [88, 86, 82, 75, 60, 32],
    failed: [4],
  },
  { ...{ from: 40, to: 20, visit: null, back: 6, arrived: undefined }, reached: [20], failed: [15] },
  { ...{ from: 40, to: 20, visit: null, back: null, arrived: null }, reached: [], failed: [19, 17, 14] },
] as const;

/**
 * Hospital care that is over: a third was followed for three months, a third by a return, and a third by attempts that
 * reached nobody, so that somebody has to decide whether the contact is lost: they did not get to the clinic either.
 */
function planHospital(number: number, today: string): HospitalPlan {
  const on = (daysAgo: number) => `${addDays(today, -daysAgo)}T15:00:00Z`;
  const { from, to, visit, back, arrived, reached, failed } = turn(afterwards, number);
  const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
  const clinic = { setting: 'OUTPATIENT_CLINIC', reasons: ['MENTAL_HEALTH'] };
  return {
    admission: { ...hospital, at: on(from) },
    discharge: { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION', at: on(to) },
    transition: arrived === undefined ? null : planTransition({ to, arrived }, today),
    visit: visit === null ? null : { ...clinic, at: on(visit) },
    readmission: back === null ? null : { ...hospital, at: on(back) },
    contacts: { reached: [...reached], failed: [...failed] },
  };
}

/** On the day of the discharge to the clinic, whose first appointment is four days later. */
function planTransition(
  { to, arrived }: { to: number; arrived: number | null },
  today: string,
): HospitalPlan['transition'] {
  const on = (daysAgo: number) => `${addDays(today, -daysAgo)}T15:00:00Z`;
  const clinic = { toSetting: 'OUTPATIENT_CLINIC', receiverName: 'River Clinic', handOff: 'NONE' };
  const when = { plannedFor: addDays(today, -to), firstAppointmentAt: on(to - 4) };
  return {
    plan: { ...clinic, ...when, reason: 'Goes on as an outpatient' },
    arrivedAt: arrived === null ? null : on(arrived),
  };
}

/** The `number`th episode of all: phases take turns, so that every phase occurs. */
export function planEpisode(kind: string, number: number, today: string): EpisodePlan {
  const phase = turn(Object.keys(wayTo), number);
  const [first, ...rest] = known(wayTo[phase]);
  const hospital = afterCare.includes(phase) ? planHospital(number, today) : null;
  return {
    start: {
      kind,
      phase: first,
      referralSource: turn(sources, number),
      dateOfFirstContact: addDays(today, hospital ? -120 : -7 - (number % 60)),
    },
    phases: rest,
    hospital,
    end: phase === 'ENDED' ? turn(ends, number) : null,
  };
}

/** Bands of the PHQ-9 with their lowest and highest total. Source: infra/reference/domain.md 4.1. */
const bands: readonly [from: number, to: number][] = [
  [0, 4],
  [5, 9],
  [10, 14],
  [15, 19],
  [20, 24],
];

/** Totals of somebody who got better over six months, and the days before the load. */
const gettingBetter: readonly [total: number, daysAgo: number][] = [
  [20, 180],
  [17, 120],
  [13, 75],
  [9, 30],
];
/** The client with this number gets better; the one with the next is in crisis tonight. */
const BETTER = 0;
const IN_CRISIS = 1;

/** The screenings of the `number`th client who has any: a PHQ-9, and for two of them a story. */
export function planScreenings(number: number, language: string, chance: Seeded): ScreeningPlan[] {
  const latest = planScreening(number, language, chance);
  if (number === BETTER)
    return [
      ...gettingBetter.map(([total, daysAgo]) => ({ ...latest, answers: spread(total), daysAgo })),
      latest,
    ];
  if (number !== IN_CRISIS) return [latest];
  const answers = [1, 1, 0, 1].map((value, index) => ({ item: index + 1, value }));
  return [latest, { ...latest, instrument: 'C-SSRS', mode: 'INTERVIEW', answers }];
}

/** Answers to eight items that add up to the total, and none about death. */
function spread(total: number): ScreeningPlan['answers'] {
  return Array.from({ length: 9 }, (_, index) => ({
    item: index + 1,
    value: index === 8 ? 0 : Math.floor((total + 7 - index) / 8),
  }));
}

/** The `number`th PHQ-9 of all; every thirteenth tells of thoughts of death. */
function planScreening(number: number, language: string, chance: Seeded): ScreeningPlan {
  const [from, to] = turn(bands, number);
  const thoughts = number % 13 === 7 ? 1 : 0;
  const total = chance.between(Math.max(from, thoughts), to);
  const values = Array.from({ length: 8 }, () => 0);
  for (let left = total - thoughts; left > 0;) {
    const item = chance.between(0, 7);
    if ((values[item] ?? 3) >= 3) continue;
    values[item] = (values[item] ?? 0) + 1;
    left -= 1;
  }
  const answers = [...values, thoughts].map((value, index) => ({ item: index + 1, value }));
  return { instrument: 'PHQ-9', answers, mode: chance.pick(['INTERVIEW', 'SELF']), language, daysAgo: 0 };
}

const wishes = [
  {
    domain: 'HOME',
    words: 'A door that I can lock',
    metric: 'nights indoors a week',
    target: 7,
    unit: 'nights',
  },
  {
    domain: 'HEALTH',
    words: 'Wake up clear in the morning',
    metric: 'days without use',
    target: 30,
    unit: 'days',
  },
  {
    domain: 'PURPOSE',
    words: 'Earn my own money again',
    metric: 'hours of work a week',
    target: 20,
    unit: 'hours',
  },
  {
    domain: 'COMMUNITY',
    words: 'See my sister on Sundays',
    metric: 'visits a month',
    target: 4,
    unit: 'visits',
  },
] as const;

/** Of ten plans the one with this number has a review that was due eleven days ago, unless it is a draft. */
const OVERDUE = 0;

/** Up to three goals; some still lack parts and wait for them. */
export function planCare(needs: readonly NeedPlan[], number: number, today: string): CarePlanPlan {
  const goals = needs.slice(0, 3).map((_need, index): GoalPlan => {
    const { domain, words, metric, target, unit } = turn(wishes, number + index);
    const said = { needIndex: index, domain, statementInClientWords: words };
    if ((number + index) % 4 === 3) return { ...said, active: false };
    const whole = {
      ...said,
      measure: { metric, baseline: 0, target, unit },
      dueOn: addDays(today, 60 + ((number * 11) % 90)),
    };
    return { ...whole, active: (number + index) % 4 !== 2 };
  });
  // A plan in force has a goal that somebody works on.
  const active = number % 3 !== 2 && goals.some(({ active: isActive }) => isActive);
  return { active, goals, daysAgo: active && number % 10 === OVERDUE ? 41 : 0 };
}
