import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Failure } from '../failure.ts';
import type { Message } from '../transport.ts';

/** WAITING: will be tried again. PARKED: a person must decide. HELD: behind another fact of its key. */
export type ParkedState = 'WAITING' | 'PARKED' | 'HELD' | 'RETRIED' | 'DROPPED';

/**
 * RETRY: try it again, then the facts held behind it. DROP: never handle it; the facts held behind it are
 * handled.
 */
export type Decision = 'RETRY' | 'DROP';

/** Decision of a person about a parked fact. */
export interface ParkedDecision {
  decision: Decision;
  reason: string;
  /** Id of the person. */
  by: string;
  at: string;
}

/** A fact as it was sent, in JSON; a missing time is null. */
export type KeptFact = Omit<Message, 'occurredAt'> & { occurredAt: string | null };

export interface ParkedMessage {
  id: string;
  /** Its position in the list; give the last one as `after`. */
  position: string;
  consumer: string;
  topic: string;
  key: string;
  sequence: number;
  factId: string;
  type: string;
  fact: KeptFact;
  state: ParkedState;
  attempts: number;
  errors: Failure[];
  firstFailedAt: Date;
  /** Oldest first. */
  decisions: ParkedDecision[];
}

export interface ParkedPage {
  /** Open facts when left out. */
  states?: readonly ParkedState[];
  /** At most 1000; 100 when left out. */
  first?: number;
  after?: string;
}

/** DONE; NOT_PARKED: it does not wait for a decision; UNKNOWN: the fact does not exist here. */
export type Decided = 'DONE' | 'NOT_PARKED' | 'UNKNOWN';

type Database = Pick<DataSource | EntityManager, 'query'>;

const OPEN: readonly ParkedState[] = ['WAITING', 'PARKED', 'HELD'];

/** Greatest length of a reason, in characters. */
export const mostReason = 500;

const columns = `
  id, position, consumer, topic, key, sequence, fact_id as "factId", fact->>'type' as type, fact, state, attempts, errors,
  first_failed_at as "firstFailedAt",
  coalesce((select json_agg(json_build_object('decision', d.decision, 'reason', d.reason, 'by', d.decided_by,
                                              'at', d.decided_at) order by d.id)
            from parked_message_decision d where d.parked_message_id = parked_message.id), '[]') as decisions`;

/** Facts that could not be handled yet, oldest failure first; with `states` also settled facts. */
export function listParked(
  db: Database,
  { states = OPEN, first = 100, after = '0' }: ParkedPage = {},
): Promise<ParkedMessage[]> {
  return db.query(
    `select ${columns} from parked_message where state = any($1) and position > $2 order by position limit $3`,
    [states, after, Math.min(first, 1000)],
  );
}

/** One of them in any state; null when it does not exist. */
export async function findParked(db: Database, id: string): Promise<ParkedMessage | null> {
  if (!isUuid(id)) return null;
  const rows: ParkedMessage[] = await db.query(`select ${columns} from parked_message where id = $1`, [id]);
  return rows[0] ?? null;
}

/**
 * Settles a PARKED fact. The decision, its record and the wake of its key are one statement, so a second click
 * finds nothing to do. Throws a RangeError when the reason is empty or longer than 500 characters.
 */
export async function decideParked(
  db: Database,
  id: string,
  { decision, reason, by }: Omit<ParkedDecision, 'at'>,
): Promise<Decided> {
  const why = reason.trim();
  if (why === '' || why.length > mostReason)
    throw new RangeError(`A reason has 1 to ${mostReason} characters.`);
  if (!isUuid(id)) return 'UNKNOWN';
  const rows: unknown[] = await db.query(DECIDE, [id, decision, why, by]);
  if (rows.length > 0) return 'DONE';
  return (await findParked(db, id)) ? 'NOT_PARKED' : 'UNKNOWN';
}

const DECIDE = `
  with decided as (
    update parked_message set
      state = case when $2 = 'DROP' then 'DROPPED' else 'WAITING' end,
      attempts = case when $2 = 'DROP' then attempts else 0 end
    where id = $1 and state = 'PARKED' returning id, consumer, topic, key, sequence, fact_id, state
  ), recorded as (
    insert into parked_message_decision (parked_message_id, decision, reason, decided_by)
    select id, $2, $3, $4 from decided
  ), known as (
    insert into inbox (consumer, fact_id)
    select consumer, fact_id from decided where state = 'DROPPED' on conflict do nothing
  ), woken as (
    update inbox_key k set retry_at = now(),
      last_sequence = case when d.state = 'DROPPED' then greatest(k.last_sequence, d.sequence) else k.last_sequence end
    from decided d where (k.consumer, k.topic, k.key) = (d.consumer, d.topic, d.key)
  )
  select 1 from decided`;

function isUuid(id: string): boolean {
  return z.guid().safeParse(id).success;
}
