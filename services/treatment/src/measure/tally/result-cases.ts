import { addDays, type Day } from '@throughline/privacy';
import {
  changeFromBaseline,
  type OutcomeContent,
  type OutcomeData,
} from '../../episode/outcome-data/outcome-data.ts';
import type { MeasureCode } from '../catalogue/measure-code.ts';
import { dayOf, toldOf, type History, type Result } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

const minute = 60_000;
const INTERVENTION_DAYS = 30;
const socialTools = ['AHC-HRSN', 'PRAPARE'];

/** Moderate from here on, and in remission below the second number. Source: infra/reference/domain.md 4.1. */
const scales = [
  { instrument: 'PHQ-9', from: 10, below: 5, response: 'PHQ9_RESPONSE', remission: 'PHQ9_REMISSION' },
  { instrument: 'GAD-7', from: 10, below: 5, response: 'GAD7_RESPONSE', remission: 'GAD7_REMISSION' },
] as const;

/** Signed results that no later one corrects, oldest first. */
export function standing({ results }: History, instruments: readonly string[]): Result[] {
  const corrected = new Set(results.map(({ supersedes }) => supersedes));
  return results
    .filter(
      ({ id, instrument, signedAt }) => signedAt && instruments.includes(instrument) && !corrected.has(id),
    )
    .sort((a, b) => (a.administeredOn + a.id < b.administeredOn + b.id ? -1 : 1));
}

/** From the first score that is at least moderate to the last one. Source: infra/reference/domain.md 5.2. */
export function scoreCases(history: History): Counted[] {
  return scales.flatMap(({ instrument, from, below, response, remission }) => {
    const scored = standing(history, [instrument]).filter(({ total }) => total !== null);
    const first = scored.find(({ total }) => (total ?? 0) >= from);
    const last = scored.at(-1);
    if (!first?.total || !last || last.id === first.id) return [];
    const total = last.total ?? 0;
    const row = {
      key: first.id,
      subjectType: 'Screening',
      subjectId: last.id,
      at: first.signedAt ?? new Date(0),
    } as const;
    const days = { startsOn: first.administeredOn, countsFrom: last.administeredOn };
    return [
      counted({ ...row, ...days, measure: response, met: total * 2 <= first.total }),
      counted({ ...row, ...days, measure: remission, met: total < below }),
    ];
  });
}

/** Help within 30 days after a positive social screening. Source: infra/reference/domain.md 5.1 (SNS-E). */
export function socialCases(history: History): Counted[] {
  const helped = toldOf(history, 'ReferralSent', 'AdviceGiven', 'GuidanceGiven', 'AdvocacyOpened').map(
    ({ at }) => dayOf(history, at),
  );
  return standing(history, socialTools).flatMap(({ id, positive, administeredOn: startsOn, signedAt }) => {
    if (!positive) return [];
    const last = addDays(startsOn, INTERVENTION_DAYS);
    const row = {
      key: id,
      subjectType: 'Screening',
      subjectId: id,
      at: signedAt ?? new Date(0),
      startsOn,
    } as const;
    const met = helped.some((day) => day >= startsOn && day <= last);
    return counted({ ...row, measure: 'SNS', met, countsFrom: addDays(last, 1) });
  });
}

/** Answers at admission and at discharge. Source: infra/reference/domain.md 4.6, 5.2. */
export function outcomeCases(history: History): Counted[] {
  return [...Map.groupBy(history.sheets, ({ episodeId }) => episodeId)].flatMap(([id, sheets]) => {
    const before = lastOf(sheets, 'ADMISSION')?.content;
    const after = lastOf(sheets, 'DISCHARGE');
    if (!before || !after) return [];
    const row = (measure: MeasureCode, met: boolean, value: number | null = null): Counted =>
      counted({
        ...{ measure, key: id, subjectType: 'Episode', subjectId: id, at: after.recordedAt, met, value },
        startsOn: dayOf(history, after.recordedAt),
      });
    return gainsOf(before, after.content).map(({ measure, met, value }) => row(measure, met, value));
  });
}

interface Gain {
  measure: MeasureCode;
  met: boolean;
  value: number | null;
}

function gainsOf(before: OutcomeContent, after: OutcomeContent): Gain[] {
  const changes = changeFromBaseline(before, after);
  const improved = (name: string) => changes.find(({ measure }) => measure === name);
  const work = improved('employment');
  const days = improved('daysUsedPast30');
  return [
    ...(before.living && after.living
      ? [{ measure: 'HOUSING_EXIT' as const, met: after.living === 'INDEPENDENT', value: null }]
      : []),
    ...(work && before.employment !== 'FULL_TIME'
      ? [{ measure: 'EMPLOYMENT_GAIN' as const, met: work.direction === 'IMPROVED', value: null }]
      : []),
    ...(days
      ? [
          {
            ...{ measure: 'DAYS_USED' as const, met: days.direction === 'IMPROVED' },
            value: Number(days.atDischarge) - Number(days.baseline),
          },
        ]
      : []),
  ];
}

function lastOf(sheets: readonly OutcomeData[], moment: OutcomeData['moment']): OutcomeData | undefined {
  return sheets
    .filter((sheet) => sheet.moment === moment)
    .sort((a, b) => +a.recordedAt - +b.recordedAt || (a.id < b.id ? -1 : 1))
    .at(-1);
}

/** Time until somebody took a crisis over. Source: infra/reference/domain.md 4.4, 5.2. */
export function crisisCases(history: History): Counted[] {
  return history.crises.map(({ id, level, openedAt: at, acknowledgedAt, acknowledgeBy }) => {
    const startsOn: Day = dayOf(history, at);
    return counted({
      ...{
        measure: 'CRISIS_ACKNOWLEDGEMENT',
        key: id,
        subjectType: 'CrisisAlert',
        subjectId: id,
        at,
        startsOn,
      },
      met: acknowledgedAt !== null && (acknowledgeBy === null || acknowledgedAt <= acknowledgeBy),
      value: acknowledgedAt ? (acknowledgedAt.getTime() - at.getTime()) / minute : null,
      level: `LEVEL_${String(level)}`,
    });
  });
}

/** Goals while they are worked on. Source: infra/reference/domain.md 4.6, 5.2. */
export function goalCases(history: History): Counted[] {
  return history.goals.flatMap((goal) => {
    const { id, activatedAt: at, closedAt, metric, target, dueOn, statementInClientWords: words } = goal;
    if (!at) return [];
    const row = { key: id, subjectType: 'Goal', subjectId: id, at, startsOn: dayOf(history, at) } as const;
    const met = metric !== null && target !== null && dueOn !== null && Boolean(words?.trim());
    return counted({
      ...row,
      measure: 'PLAN_QUALITY',
      met,
      endsOn: closedAt ? dayOf(history, closedAt) : null,
    });
  });
}
