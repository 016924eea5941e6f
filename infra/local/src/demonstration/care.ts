import { addDays } from '@throughline/privacy';
import type { CarePlanPlan, EpisodePlan, GoalPlan, NeedPlan, ScreeningPlan } from './plan.ts';
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

/** The `number`th episode of all: phases take turns, so that every phase occurs. */
export function planEpisode(kind: string, number: number, today: string): EpisodePlan {
  const phase = turn(Object.keys(wayTo), number);
  const [first, ...rest] = known(wayTo[phase]);
  return {
    start: {
      kind,
      phase: first,
      referralSource: turn(sources, number),
      dateOfFirstContact: addDays(today, -7 - (number % 60)),
    },
    phases: rest,
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

/** The `number`th PHQ-9 of all; every thirteenth tells of thoughts of death. */
export function planScreening(number: number, language: string, chance: Seeded): ScreeningPlan {
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
  return { instrument: 'PHQ-9', answers, mode: chance.pick(['INTERVIEW', 'SELF']), language };
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
  return { active: number % 3 !== 2, goals };
}
