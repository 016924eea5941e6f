import { addDays, type Day } from '@throughline/privacy';
import type { Episode } from '../../episode/episode/episode.ts';
import type { Visit } from '../../episode/visit/visit.ts';
import { dayOf, oldestOn, type History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

const LOOK_BACK_DAYS = 60;
const INITIATION_DAYS = 14;
const ENGAGEMENT_DAYS = 34;
const YOUNGEST = 13;

/**
 * Episodes without treatment for substance use in the 60 days before. The first of a client in a period counts, and only
 * when it begins at least 47 days before its end: a figure decides that. Source: infra/reference/domain.md 5.1 (CMS137).
 */
export function cms137Cases(history: History): Counted[] {
  return history.episodes.filter(({ kind }) => kind !== 'MH').flatMap((episode) => rowsOf(episode, history));
}

function rowsOf(episode: Episode, history: History): Counted[] {
  const { id, startedAt: at } = episode;
  const startsOn = dayOf(history, at);
  const oldest = oldestOn(history, startsOn);
  if ((oldest !== null && oldest < YOUNGEST) || isKnownBefore(episode, history, startsOn)) return [];
  const services = servicesFrom(startsOn, history);
  const initiated = services.find((day) => day < addDays(startsOn, INITIATION_DAYS));
  const row = { key: id, subjectType: 'Episode', subjectId: id, at, startsOn, spec: 'CMS137' } as const;
  const excludedFor = isHospice(history, addDays(startsOn, INITIATION_DAYS)) ? 'HOSPICE' : null;
  const countsFrom = addDays(startsOn, INITIATION_DAYS);
  return [
    counted({ ...row, measure: 'IET_INITIATION', met: initiated !== undefined, countsFrom, excludedFor }),
    counted({
      ...{ ...row, measure: 'IET_ENGAGEMENT', met: isEngaged(services, initiated), excludedFor },
      countsFrom: addDays(countsFrom, ENGAGEMENT_DAYS),
    }),
  ];
}

/** Emergency and detox visits do not count in the look-back. */
function isKnownBefore({ id }: Episode, history: History, startsOn: Day): boolean {
  const from = addDays(startsOn, -LOOK_BACK_DAYS);
  const isBefore = (start: Date, end: Date | null) =>
    dayOf(history, start) < startsOn && (!end || dayOf(history, end) >= from);
  return (
    history.visits.some((visit) => isForUse(visit) && isBefore(visit.at, visit.at)) ||
    history.stays.some(
      (stay) =>
        stay.setting !== 'DETOX' && isSubstance(stay.reasons) && isBefore(stay.startedAt, stay.endedAt),
    ) ||
    history.episodes.some(
      (other) => other.id !== id && other.kind !== 'MH' && isBefore(other.startedAt, other.endedAt),
    )
  );
}

/** Days of services from the day of the episode on; the first visit of that day is the one in which it began. */
function servicesFrom(startsOn: Day, history: History): Day[] {
  const days = history.visits
    .filter(isForUse)
    .map(({ at }) => dayOf(history, at))
    .filter((day) => day >= startsOn)
    .sort();
  return days[0] === startsOn ? days.slice(1) : days;
}

function isEngaged(services: readonly Day[], initiated: Day | undefined): boolean {
  if (initiated === undefined) return false;
  const later = services.slice(services.indexOf(initiated) + 1);
  return later.filter((day) => day <= addDays(initiated, ENGAGEMENT_DAYS)).length >= 2;
}

const isForUse = ({ setting, reasons, medication }: Visit): boolean =>
  setting !== 'EMERGENCY_DEPT' && (medication || isSubstance(reasons));
const isSubstance = (reasons: readonly string[]): boolean =>
  reasons.includes('SUBSTANCE_USE') || reasons.includes('OVERDOSE');

function isHospice(history: History, before: Day): boolean {
  return history.stays.some(
    ({ toHospice, endedAt }) => toHospice && endedAt !== null && dayOf(history, endedAt) < before,
  );
}
