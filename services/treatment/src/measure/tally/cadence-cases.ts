import { addDays, startOfDay, weekdayOf, type Day } from '@throughline/privacy';
import { attributionAt, dayOf, reachedAt, toldOf, type History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

type Tier = 'CRISIS' | 'HIGH' | 'MODERATE' | 'LOW' | 'MONITOR';

/** Whether the contacts that somebody made satisfy the tier at the end of a week. */
interface Rule {
  /** Days up to the end of the week that are looked at. */
  days: number;
  /** Days with a contact, or contacts. */
  of: 'DAYS' | 'CONTACTS';
  least: number;
}

/** Source: infra/reference/domain.md 4.6. */
const rules: Record<Tier, Rule> = {
  CRISIS: { days: 7, of: 'DAYS', least: 7 },
  HIGH: { days: 7, of: 'CONTACTS', least: 2 },
  MODERATE: { days: 14, of: 'CONTACTS', least: 1 },
  LOW: { days: 31, of: 'CONTACTS', least: 1 },
  MONITOR: { days: 92, of: 'CONTACTS', least: 1 },
};
const LONGEST_DAYS = 92 + 14;

interface Week {
  monday: Day;
  tier: Tier;
  met: boolean;
  staffId: string | null;
}

/**
 * Weeks from Monday to Sunday in which a case was open to their end. Weeks that are alike are one row; the last one has no
 * end while the case is open, because without a contact it stays as it is. Source: infra/reference/domain.md 4.6, 5.2.
 */
export function cadenceCases(history: History): Counted[] {
  return openTimes(history).flatMap(({ caseId, from, to }) => {
    const first = mondayFrom(addDays(dayOf(history, from), 1));
    const weeks = weeksOf(history, first, to ? dayOf(history, to) : null);
    return stretchesOf(weeks).map(({ week, lastDay, isLast }) =>
      rowOf(history, { caseId, week, endsOn: to || !isLast ? lastDay : null }),
    );
  });
}

interface Open {
  caseId: string;
  from: Date;
  to: Date | null;
}

function openTimes(history: History): Open[] {
  const steps = toldOf(
    history,
    'CaseOpened',
    'CaseReopened',
    'CaseClosed',
    'CaseNotEligible',
    'CaseEnteredInError',
  );
  const found: Open[] = [];
  for (const { type, at, subjectId: caseId } of steps) {
    const open = found.findLast((one) => one.caseId === caseId && one.to === null);
    if (type === 'CaseOpened' || type === 'CaseReopened') {
      if (!open && caseId) found.push({ caseId, from: at, to: null });
    } else if (open) open.to = at;
  }
  const wrong = new Set(
    steps.filter(({ type }) => type === 'CaseEnteredInError').map(({ subjectId }) => subjectId),
  );
  return found.filter(({ caseId }) => !wrong.has(caseId));
}

function mondayFrom(day: Day): Day {
  return weekdayOf(day) === 'MONDAY' ? day : mondayFrom(addDays(day, 1));
}

/** Up to the week after which nothing changes any more. */
function weeksOf(history: History, first: Day, closedOn: Day | null): Week[] {
  const reached = reachedAt(history).map((at) => dayOf(history, at));
  const changes = toldOf(history, 'RiskTierChanged', 'CaseManagerAssigned').map(({ at }) =>
    dayOf(history, at),
  );
  const last = [first, ...reached, ...changes].sort().at(-1) ?? first;
  const weeks: Week[] = [];
  for (let monday = first; monday <= addDays(last, LONGEST_DAYS); monday = addDays(monday, 7)) {
    if (closedOn !== null && closedOn <= addDays(monday, 6)) break;
    const begins = startOfDay(monday, history.timeZone);
    const tier = tierAt(history, begins);
    weeks.push({
      ...{ monday, tier, met: isKept(rules[tier], addDays(monday, 6), reached) },
      staffId: attributionAt(history, begins).staffId,
    });
  }
  return weeks;
}

function tierAt(history: History, at: Date): Tier {
  const code = toldOf(history, 'RiskTierChanged').findLast((one) => one.at <= at)?.code ?? 'MODERATE';
  return code in rules ? (code as Tier) : 'MODERATE';
}

function isKept({ days, of, least }: Rule, sunday: Day, reached: readonly Day[]): boolean {
  const inTime = reached.filter((day) => day <= sunday && day > addDays(sunday, -days));
  return (of === 'DAYS' ? new Set(inTime).size : inTime.length) >= least;
}

interface Stretch {
  week: Week;
  lastDay: Day;
  isLast: boolean;
}

function stretchesOf(weeks: readonly Week[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [index, week] of weeks.entries()) {
    const open = found.at(-1);
    const ends = { lastDay: addDays(week.monday, 6), isLast: index === weeks.length - 1 };
    if (open && isAlike(open.week, week)) Object.assign(open, ends);
    else found.push({ week, ...ends });
  }
  return found;
}

function isAlike(a: Week, b: Week): boolean {
  return a.tier === b.tier && a.met === b.met && a.staffId === b.staffId;
}

function rowOf(
  history: History,
  { caseId, week, endsOn }: { caseId: string; week: Week; endsOn: Day | null },
): Counted {
  const { monday: startsOn, tier: level, met } = week;
  return counted({
    ...{ measure: 'CADENCE', key: `${caseId} ${startsOn}`, subjectType: 'CaseFile', subjectId: caseId },
    ...{ at: startOfDay(startsOn, history.timeZone), startsOn, endsOn, met, level },
  });
}
