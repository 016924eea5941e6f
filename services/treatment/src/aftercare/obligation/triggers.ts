import { addDays, dayIn, type Day } from '@throughline/privacy';
import type { Episode } from '../../episode/episode/episode.ts';
import { isBed, type CareReason, type Stay } from '../../episode/stay/stay.ts';
import type { Visit } from '../../episode/visit/visit.ts';
import { ruleOf, type ObligationKind } from './kinds.ts';

/** What happened that asks for a follow-up. */
export interface Trigger {
  kind: ObligationKind;
  sourceType: 'Stay' | 'Visit' | 'Episode';
  sourceId: string;
  episodeId: string | null;
  at: Date;
  /** When somebody wrote it down. */
  recordedAt: Date;
}

/** Everything known of a client that obligations depend on. */
export interface ClientRecord {
  stays: readonly Stay[];
  visits: readonly Visit[];
  episodes: readonly Episode[];
  /** Contacts that reached the client, and referrals whose service began. */
  evidence: readonly { id: string; type: 'CONTACT' | 'REFERRAL'; at: Date }[];
  diedAt: Date | null;
  /** The highest age that the client can have on a day; null while the age is not known. */
  oldestOn: (day: Day) => number | null;
}

const FIRST_VISIT_DAYS = 31;
const LOOK_BACK_DAYS = 194;

/** The events of a client that ask for a follow-up. Source: infra/reference/domain.md 5.1, 5.3. */
export function triggersOf(record: ClientRecord, timeZone: string): Trigger[] {
  const found = [
    ...record.stays.flatMap(ofStay),
    ...ofEmergencies(record.visits, ['MENTAL_HEALTH', 'SELF_HARM'], ['FUM_7', 'FUM_30'], timeZone),
    ...ofEmergencies(record.visits, ['SUBSTANCE_USE', 'OVERDOSE'], ['FUA_7', 'FUA_30'], timeZone),
    ...record.episodes.flatMap((episode) => ofEpisode(episode, record.episodes, timeZone)),
  ];
  return found.filter(({ kind, at }) => {
    const oldest = record.oldestOn(dayIn(timeZone, at));
    return oldest === null || oldest >= ruleOf(kind).youngest;
  });
}

function ofStay(stay: Stay): Trigger[] {
  const { id: sourceId, episodeId, endedAt: at, dischargeType, dischargeRecordedAt } = stay;
  if (!at || dischargeType === 'DIED') return [];
  const kinds: ObligationKind[] = [
    ...(isPsychiatric(stay) ? (['FUH_7', 'FUH_30'] as const) : []),
    ...(stay.setting === 'CORRECTIONAL_FACILITY' ? (['RELEASE_7'] as const) : []),
    ...(dischargeType === 'LEFT_AGAINST_ADVICE' ? (['AGAINST_ADVICE_24H'] as const) : []),
  ];
  const source = {
    sourceType: 'Stay',
    sourceId,
    episodeId,
    at,
    recordedAt: dischargeRecordedAt ?? at,
  } as const;
  return kinds.map((kind) => ({ kind, ...source }));
}

function isPsychiatric({ setting, reasons }: Stay): boolean {
  const isMental = reasons.includes('MENTAL_HEALTH') || reasons.includes('SELF_HARM');
  return setting === 'PSYCH_HOSPITAL' || (setting === 'HOSPITAL' && isMental);
}

/** Only the first emergency visit in 31 days counts. */
function ofEmergencies(
  visits: readonly Visit[],
  reasons: readonly CareReason[],
  kinds: readonly ObligationKind[],
  timeZone: string,
): Trigger[] {
  const inOrder = visits
    .filter(
      (visit) => visit.setting === 'EMERGENCY_DEPT' && visit.reasons.some((one) => reasons.includes(one)),
    )
    .sort((a, b) => +a.at - +b.at || (a.id < b.id ? -1 : 1));
  const counted: Visit[] = [];
  for (const visit of inOrder) {
    const last = counted.at(-1);
    const isFirst = !last || dayIn(timeZone, visit.at) >= addDays(dayIn(timeZone, last.at), FIRST_VISIT_DAYS);
    if (isFirst) counted.push(visit);
  }
  return counted.flatMap(({ id: sourceId, at, recordedAt }) =>
    kinds.map((kind) => ({ kind, sourceType: 'Visit', sourceId, episodeId: null, at, recordedAt })),
  );
}

/** A new SUD episode: none in the 194 days before. */
function ofEpisode(episode: Episode, all: readonly Episode[], timeZone: string): Trigger[] {
  if (episode.kind === 'MH') return [];
  const { id: sourceId, startedAt: at } = episode;
  const from = addDays(dayIn(timeZone, at), -LOOK_BACK_DAYS);
  const isNew = !all.some(
    ({ id, kind, startedAt, endedAt }) =>
      id !== sourceId && kind !== 'MH' && startedAt < at && (!endedAt || dayIn(timeZone, endedAt) >= from),
  );
  const source = { sourceType: 'Episode', sourceId, episodeId: sourceId, at, recordedAt: at } as const;
  return isNew ? [{ kind: 'IET_INITIATION', ...source }] : [];
}

/** A stay with a bed that begins after the event and not later than so many days. */
export function bedAfter(
  stays: readonly Stay[],
  { sourceId, at }: Pick<Trigger, 'sourceId' | 'at'>,
  { days, timeZone }: { days: number; timeZone: string },
): Stay | null {
  const last = addDays(dayIn(timeZone, at), days);
  const first = dayIn(timeZone, at);
  const day = ({ startedAt }: Stay) => dayIn(timeZone, startedAt);
  const after = stays.filter((stay) => stay.id !== sourceId && isBed(stay) && stay.startedAt >= at);
  return after.find((stay) => day(stay) >= first && day(stay) <= last) ?? null;
}
