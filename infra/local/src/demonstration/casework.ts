import { addDays } from '@throughline/privacy';
import type { CaseworkPlan, CaseStepPlan, ClientPlan, ContactPlan, HospitalPlan } from './plan.ts';
import { turn } from './seeded.ts';

const advance = (to: string): CaseStepPlan => ({ command: 'advanceCase', input: {}, to });
const planning = [advance('OPEN_PLANNING')];
const active = [...planning, advance('OPEN_ACTIVE')];
const transitioning = [...active, advance('TRANSITIONING')];
const aftercare = [...transitioning, advance('AFTERCARE')];

/** States to which the cases of people with open referrals are brought: no end is among them. */
function openWays(today: string): CaseStepPlan[][] {
  const input = { reason: 'CLIENT_HOSPITALIZED', reviewOn: addDays(today, 12) };
  const onHold = [...active, { command: 'holdCase', input, to: 'ON_HOLD' }];
  return [active, [], planning, active, aftercare, active, onHold, transitioning];
}

/** The other ways of a case: from the screening decision, and over its end. Source: infra/reference/domain.md 1.2. */
function otherWays(today: string): Pick<CaseworkPlan, 'startsWith' | 'steps'>[] {
  const decide = (to: string, input: object): CaseStepPlan[] => [
    { command: 'decideScreening', input: { decision: to, ...input }, to },
  ];
  const closed = (reason: string): CaseStepPlan => ({
    command: 'closeCase',
    input: { reason },
    to: 'CLOSED',
  });
  const back = { command: 'reopenCase', input: { reason: 'Called again and asks for help' } };
  const screening = (steps: CaseStepPlan[]) => ({ startsWith: 'SCREENING' as const, steps });
  const elsewhere = { reason: 'SERVED_ELSEWHERE', alternative: 'The team that the person has already' };
  return [
    screening([]),
    screening(decide('WAITLISTED', { reviewOn: addDays(today, 20) })),
    screening(decide('NOT_ELIGIBLE', elsewhere)),
    { steps: [...aftercare, closed('GOALS_MET')] },
    { steps: [closed('UNABLE_TO_CONTACT'), { ...back, to: 'OPEN_ASSESSMENT' }] },
    { steps: [...active, closed('MOVED_OUT_OF_AREA')] },
  ];
}

/** People whose cases go the other ways: each way twice. */
const others = 12;

/**
 * The case of each client as it went on since it was opened. Some people have neither episode nor referral: their cases
 * are decided, closed and opened again.
 */
export function withCasework(clients: readonly ClientPlan[], today: string): ClientPlan[] {
  const joined = new Set(clients.map(({ livesWith }) => livesWith));
  const alone = clients.filter(
    ({ key, livesWith, episode }, index) =>
      index < clients.length - 1 && livesWith === null && !joined.has(key) && episode === null,
  );
  const chosen = alone.slice(0, others).map(({ key }) => key);
  return clients.map((client, index) => {
    const place = chosen.indexOf(client.key);
    const hospital = client.episode?.hospital;
    if (place < 0 && hospital)
      return { ...client, casework: afterHospital(hospital.contacts, ordinary(index, today), today) };
    if (place < 0) return { ...client, casework: ordinary(index, today) };
    const unlike = { ...turn(otherWays(today), place), openedOn: addDays(today, -40), contacts: [] };
    return { ...client, carePlan: null, screenings: [], consents: [], referrals: [], casework: unlike };
  });
}

/** How many days ago the person was reached last: some contacts are due today, some are overdue. */
const reachedLast = [2, 7, 5, 12, 3, 7, 1, 16];

/** Every second person has contacts over months; some of them did not pick up the last two times. */
function ordinary(index: number, today: string): CaseworkPlan {
  const steps = turn(openWays(today), Math.floor(index / 2));
  if (index % 2 === 1) return { openedOn: today, contacts: [], steps: turn(openWays(today), index) };
  const last = turn(reachedLast, index / 2);
  const contacts = [94, 61, 33, last].map((daysAgo, place) => contactOf(addDays(today, -daysAgo), place));
  const silent = last === 5 ? [missed(2, today), missed(1, today)] : [];
  return { openedOn: addDays(today, -100), contacts: [...contacts, ...silent], steps };
}

/** An attempt that reached nobody. */
function missed(daysAgo: number, today: string): ContactPlan {
  const at = `${addDays(today, -daysAgo)}T16:00:00.000Z`;
  return { at, channel: 'CALL', reached: false, purpose: 'OUTREACH' };
}

/** Contacts after a discharge in place of the ordinary ones. */
function afterHospital(
  { reached, failed }: HospitalPlan['contacts'],
  casework: CaseworkPlan,
  today: string,
): CaseworkPlan {
  const talks = reached.map((daysAgo, place): ContactPlan => {
    return { ...contactOf(addDays(today, -daysAgo), place), at: `${addDays(today, -daysAgo)}T18:00:00.000Z` };
  });
  const contacts = [...talks, ...failed.map((daysAgo) => missed(daysAgo, today))];
  return { ...casework, openedOn: addDays(today, -100), contacts };
}

const kinds = [
  {
    channel: 'IN_PERSON',
    minutes: 50,
    purpose: 'ASSESSMENT',
    summary: 'First long talk; wants to begin soon.',
  },
  { channel: 'CALL', minutes: 15, purpose: 'PLANNING', summary: 'Went through the goals together.' },
  { channel: 'VIDEO', minutes: 30, purpose: 'COORDINATION', summary: 'Spoke with the clinic together.' },
  {
    channel: 'CALL',
    minutes: 10,
    purpose: 'CHECK_IN',
    summary: 'Doing as planned; asks about the bus pass.',
  },
] as const;

function contactOf(day: string, place: number): ContactPlan {
  return { ...turn(kinds, place), at: `${day}T15:00:00.000Z`, reached: true, labels: [] };
}
