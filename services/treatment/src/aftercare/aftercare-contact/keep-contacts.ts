import { uuidV7, type Fact } from '@throughline/events';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { LostContactEntity } from '../lost-contact/lost-contact.entity.ts';
import { lostSince, watchAttempts } from '../lost-contact/lost-contact.ts';
import type { Kept } from '../obligation/keep-obligations.ts';
import type { Known } from '../obligation/known.ts';
import { SupportEndEntity } from '../support-end/support-end.entity.ts';
import { AftercareContactChangeEntity, AftercareContactEntity } from './aftercare-contact.entity.ts';
import {
  nextMoment,
  settleContacts,
  type AftercareContact,
  type ContactMove,
  type ContactRecord,
} from './aftercare-contact.ts';

/** Brings the contacts after discharge, and the question whether a client is lost, up to date with the records of now. */
export async function keepContacts(
  tx: EntityManager,
  { clientId, ...seen }: Known & { clientId: string },
  at: Moment,
): Promise<Kept> {
  const decisions = await tx.find(LostContactEntity, { where: { clientId }, order: { openedAt: 'ASC' } });
  const record = await recordOf(tx, clientId, seen);
  const since = lostSince(decisions, record.talks);
  const known = await tx.findBy(AftercareContactEntity, { clientId });
  const { moves, facts } = settleContacts(clientId, { ...record, lostSince: since }, known, at);
  for (const move of moves) await write(tx, move, at.now);
  const contacts = afterMoves(known, moves);
  const asked = await askWhetherLost(tx, { clientId, contacts, decisions, talks: record.talks }, at.now);
  return { facts: [...facts, ...asked], nextAt: nextMoment(contacts) };
}

type Record = Omit<ContactRecord, 'lostSince'>;

async function recordOf(
  tx: EntityManager,
  clientId: string,
  { stays, evidence, diedAt }: Known,
): Promise<Record> {
  const talks = evidence
    .filter(({ type }) => type === 'CONTACT')
    .map(({ id, at, counts }) => ({ id, at, reached: counts }));
  const ends = await tx.findBy(SupportEndEntity, { clientId });
  return {
    ...{ stays, talks, diedAt },
    ends: ends.map(({ id, episodeId, endedAt: at }) => ({ id, episodeId, at })),
  };
}

function afterMoves(known: readonly AftercareContact[], moves: readonly ContactMove[]): AftercareContact[] {
  const moved = new Map(moves.map(({ to }) => [to.id, to]));
  const fresh = moves.flatMap(({ from, to }) => (from ? [] : [to]));
  return [...known.map((one) => moved.get(one.id) ?? one), ...fresh];
}

async function write(tx: EntityManager, { from, to }: ContactMove, at: Date): Promise<void> {
  const { id, ...columns } = to;
  if (from) await tx.update(AftercareContactEntity, { id }, columns);
  else await tx.insert(AftercareContactEntity, to);
  const isTold = from?.status !== to.status || +from.dueAt !== +to.dueAt;
  const change = { id: uuidV7(at), contactId: id, from: from?.status ?? null, to: to.status };
  if (isTold) await tx.insert(AftercareContactChangeEntity, { ...change, dueAt: to.dueAt, at });
}

async function askWhetherLost(
  tx: EntityManager,
  asked: Parameters<typeof watchAttempts>[0],
  now: Date,
): Promise<Fact[]> {
  const { insert, update, facts } = watchAttempts(asked, now);
  if (insert) await tx.insert(LostContactEntity, insert);
  if (update) await tx.update(LostContactEntity, { id: update.id }, update);
  return facts;
}
