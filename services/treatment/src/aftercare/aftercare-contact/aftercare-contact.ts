import {
  aftercareContactDue,
  aftercareContactMet,
  aftercareContactMissed,
  uuidV7,
  type Fact,
} from '@throughline/events';
import type { Day, Moment } from '@throughline/privacy';
import { isBed, type Stay } from '../../episode/stay/stay.ts';
import { windowAfterSupport, windowsAfter, type ContactStep, type ContactWindow } from './steps.ts';

export type AftercareContactStatus = 'PENDING' | 'MET' | 'MISSED' | 'STOPPED' | 'CANCELLED';
export type ContactStop = 'DIED' | 'ADMITTED' | 'DISCHARGED_AGAIN' | 'LOST_CONTACT';

/** A conversation that is due after a discharge, or after the end of support. */
export interface AftercareContact {
  id: string;
  clientId: string;
  sourceType: 'Stay' | 'SupportEnd';
  sourceId: string;
  episodeId: string;
  step: ContactStep;
  /** When the client was discharged, or the support ended. */
  startedAt: Date;
  /** When somebody wrote that down. */
  recordedAt: Date;
  opensAt: Date;
  remindAt: Date;
  dueOn: Day;
  dueAt: Date;
  status: AftercareContactStatus;
  stoppedFor: ContactStop | null;
  /** The conversation that met it. */
  metById: string | null;
  metAt: Date | null;
  /** Attempts that reached nobody. */
  attempts: number;
  lastAttemptAt: Date | null;
  remindedAt: Date | null;
  openedAt: Date;
  version: number;
}

/** A contact that staff wrote down. */
export interface Talk {
  id: string;
  at: Date;
  reached: boolean;
}

/** What the contacts of a client depend on. */
export interface ContactRecord {
  stays: readonly Stay[];
  /** Ends of support. */
  ends: readonly { id: string; episodeId: string; at: Date }[];
  /** In order of time. */
  talks: readonly Talk[];
  diedAt: Date | null;
  /** Since when people have agreed that the contact is lost. */
  lostSince: Date | null;
}

interface Wanted {
  key: Pick<AftercareContact, 'sourceType' | 'sourceId' | 'episodeId' | 'step' | 'startedAt' | 'recordedAt'>;
  window: ContactWindow;
}

/** A discharge that asks for contacts: not a death, and not one to hospice care, where others are with the client. */
function asksForContacts(stay: Stay): stay is Stay & { endedAt: Date } {
  const { endedAt, dischargeType, toHospice } = stay;
  return endedAt !== null && dischargeType !== null && dischargeType !== 'DIED' && !toHospice;
}

function wantedOf({ stays, ends }: ContactRecord, timeZone: string): Wanted[] {
  const afterStays = stays.filter(asksForContacts).flatMap((stay) => {
    const { id: sourceId, episodeId, endedAt: startedAt, dischargeRecordedAt } = stay;
    const source = { sourceType: 'Stay', sourceId, episodeId, startedAt } as const;
    const recordedAt = dischargeRecordedAt ?? startedAt;
    return windowsAfter(startedAt, timeZone).map(([step, window]) => {
      return { key: { ...source, recordedAt, step }, window };
    });
  });
  const afterSupport = ends.map(({ id: sourceId, episodeId, at }) => {
    const source = { sourceType: 'SupportEnd', sourceId, episodeId, startedAt: at, recordedAt: at } as const;
    return {
      key: { ...source, step: 'AFTER_SUPPORT_90' as const },
      window: windowAfterSupport(at, timeZone),
    };
  });
  return [...afterStays, ...afterSupport];
}

/** How contacts change; `from` is null for a new one. */
export interface ContactMove {
  from: AftercareContact | null;
  to: AftercareContact;
}

/**
 * Compares the contacts of a client with what the record asks for now, and answers those that change, with the facts. A
 * contact whose discharge is no longer one is cancelled. Source: infra/reference/domain.md 4.6, 6.1.
 */
export function settleContacts(
  clientId: string,
  record: ContactRecord,
  known: readonly AftercareContact[],
  at: Moment,
): { moves: ContactMove[]; facts: Fact[] } {
  const byName = new Map(known.map((one) => [nameOf(one), one]));
  const wanted = wantedOf(record, at.timeZone);
  const moves = wanted.flatMap(({ key, window }): ContactMove[] => {
    const from = byName.get(nameOf(key)) ?? null;
    const to = standing({ clientId, from, key, window }, record, at.now);
    return from && isSame(from, to) ? [] : [{ from, to: { ...to, version: to.version + 1 } }];
  });
  const names = new Set(wanted.map(({ key }) => nameOf(key)));
  const gone = known.filter((one) => !names.has(nameOf(one)) && one.status !== 'CANCELLED');
  for (const from of gone)
    moves.push({
      from,
      to: {
        ...from,
        status: 'CANCELLED',
        stoppedFor: null,
        metById: null,
        metAt: null,
        version: from.version + 1,
      },
    });
  return { moves, facts: moves.flatMap((move) => factsOf(move, at.now)) };
}

interface Asked extends Wanted {
  clientId: string;
  from: AftercareContact | null;
}

function standing(
  { clientId, from, key, window }: Asked,
  record: ContactRecord,
  now: Date,
): AftercareContact {
  const fresh = { id: uuidV7(now), clientId, openedAt: now, remindedAt: null, version: 0 };
  const timing = from && isOver(from, key.startedAt) ? timingOf(from) : window;
  const talks = record.talks.filter(({ at }) => at > timing.opensAt && at <= timing.dueAt);
  const met = talks.find(({ reached }) => reached) ?? null;
  const failed = talks.filter(({ reached }) => !reached);
  const stoppedFor = met ? null : stopOf(key, timing, record);
  const status = met ? 'MET' : stoppedFor ? 'STOPPED' : timing.dueAt <= now ? 'MISSED' : 'PENDING';
  const { opensAt, remindAt, dueOn, dueAt } = timing;
  const known = from && +from.remindAt === +remindAt ? from.remindedAt : null;
  const isDue = status === 'PENDING' && remindAt <= now;
  return {
    ...(from ?? fresh),
    ...key,
    ...{ opensAt, remindAt, dueOn, dueAt, status, stoppedFor },
    ...{ metById: met?.id ?? null, metAt: met?.at ?? null },
    ...{ attempts: failed.length, lastAttemptAt: failed.at(-1)?.at ?? null },
    remindedAt: known ?? (isDue ? now : null),
  };
}

/** What is over keeps its times when the program moves to another time zone; a corrected discharge moves it. */
function isOver({ status, startedAt }: AftercareContact, start: Date): boolean {
  return (status === 'MET' || status === 'MISSED') && +startedAt === +start;
}

function timingOf({ opensAt, remindAt, dueOn, dueAt }: AftercareContact): ContactWindow {
  return { opensAt, remindAt, dueOn, dueAt };
}

/** Why nobody has to make a contact. What was due before that moment stays as it is. */
function stopOf(
  { sourceId, startedAt }: Wanted['key'],
  { dueAt }: ContactWindow,
  record: ContactRecord,
): ContactStop | null {
  const { stays, diedAt, lostSince } = record;
  const others = stays.filter(({ id }) => id !== sourceId);
  const isBetween = (at: Date | null) => at !== null && at >= startedAt && at < dueAt;
  const died =
    isBetween(diedAt) || others.some((stay) => stay.dischargeType === 'DIED' && isBetween(stay.endedAt));
  if (died) return 'DIED';
  if (others.some((stay) => isBed(stay) && isBetween(stay.startedAt))) return 'ADMITTED';
  const isLater = (stay: Stay) => asksForContacts(stay) && stay.endedAt > startedAt && stay.endedAt < dueAt;
  if (others.some(isLater)) return 'DISCHARGED_AGAIN';
  return lostSince && lostSince < dueAt ? 'LOST_CONTACT' : null;
}

const nameOf = ({ sourceId, step }: Pick<AftercareContact, 'sourceId' | 'step'>) => `${sourceId} ${step}`;

/** `to` is made from `from`, so its fields have the same order. */
function isSame(from: AftercareContact, to: AftercareContact): boolean {
  return JSON.stringify(from) === JSON.stringify(to);
}

/** Whether it was written down when its time was over: nobody here could have made it. */
export function isEnteredLate({
  recordedAt,
  dueAt,
}: Pick<AftercareContact, 'recordedAt' | 'dueAt'>): boolean {
  return recordedAt >= dueAt;
}

function factsOf({ from, to }: ContactMove, now: Date): Fact[] {
  const { id: contactId, clientId, status } = to;
  const told = { contactId, clientId };
  if (to.remindedAt && !from?.remindedAt && status === 'PENDING')
    return [aftercareContactDue.of(clientId, now, { clientId })];
  if (from?.status === status) return [];
  if (status === 'MET') return [aftercareContactMet.of(clientId, now, told)];
  return status === 'MISSED' && !isEnteredLate(to) ? [aftercareContactMissed.of(clientId, now, told)] : [];
}

/** The next moment at which time alone changes a contact: it is due soon, or missed. */
export function nextMoment(contacts: readonly AftercareContact[]): Date | null {
  const moments = contacts
    .filter(({ status }) => status === 'PENDING')
    .map(({ remindedAt, remindAt, dueAt }) => (remindedAt ? dueAt : remindAt).getTime());
  return moments.length > 0 ? new Date(Math.min(...moments)) : null;
}
