import { uuidV7, type Fact } from '@throughline/events';
import type { Day, Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { ClientAgeEntity } from '../../assessment/age/client-age.entity.ts';
import { ageOn } from '../../assessment/age/client-age.ts';
import { EpisodeEntity } from '../../episode/episode/episode.entity.ts';
import { VisitEntity } from '../../episode/visit/visit.entity.ts';
import type { Known } from './known.ts';
import { ObligationChangeEntity, ObligationEntity } from './obligation.entity.ts';
import { settle, type Move, type Obligation } from './obligation.ts';
import type { ClientRecord } from './triggers.ts';

/** What was brought up to date, and the next moment at which time alone changes something. */
export interface Kept {
  facts: Fact[];
  nextAt: Date | null;
}

/** Brings the obligations of a client up to date with the records of now. */
export async function keepObligations(
  tx: EntityManager,
  { clientId, ...seen }: Known & { clientId: string },
  at: Moment,
): Promise<Kept> {
  const known = await tx.findBy(ObligationEntity, { clientId });
  const record = { ...seen, ...(await recordOf(tx, clientId, at.timeZone)), evidence: countedOf(seen) };
  const { moves, facts } = settle(clientId, record, known, at);
  for (const move of moves) await write(tx, move, at.now);
  const moved = new Map(moves.map(({ to }) => [to.id, to]));
  const fresh = moves.flatMap(({ from, to }) => (from ? [] : [to]));
  return { facts, nextAt: nextOf([...known.map((one) => moved.get(one.id) ?? one), ...fresh]) };
}

/** An attempt that reached nobody satisfies nothing. */
function countedOf({ evidence }: Known): ClientRecord['evidence'] {
  return evidence.flatMap(({ id, type, at, counts }) =>
    type === 'DEATH' || !counts ? [] : [{ id, type, at }],
  );
}

async function recordOf(
  tx: EntityManager,
  clientId: string,
  timeZone: string,
): Promise<Pick<ClientRecord, 'visits' | 'episodes' | 'oldestOn'>> {
  const visits = await tx.findBy(VisitEntity, { clientId });
  const episodes = await tx.findBy(EpisodeEntity, { clientId });
  const ages = await tx.findBy(ClientAgeEntity, { clientId });
  const oldestOn = (day: Day) => ageOn(day, ages, timeZone)?.oldest ?? null;
  return { visits, episodes, oldestOn };
}

async function write(tx: EntityManager, { from, to }: Move, at: Date): Promise<void> {
  const { id, ...columns } = to;
  if (from) await tx.update(ObligationEntity, { id }, columns);
  else await tx.insert(ObligationEntity, to);
  const isTold = from?.status !== to.status || from.dueOn !== to.dueOn;
  const change = { id: uuidV7(at), obligationId: id, from: from?.status ?? null, to: to.status };
  if (isTold) await tx.insert(ObligationChangeEntity, { ...change, dueOn: to.dueOn, at });
}

/** The next moment at which an open obligation is missed. */
function nextOf(all: readonly Obligation[]): Date | null {
  const open = all.filter(({ status }) => status === 'OPEN').map(({ dueAt }) => dueAt.getTime());
  return open.length > 0 ? new Date(Math.min(...open)) : null;
}
