import type { DataSource, EntityManager } from 'typeorm';
import type { Failure } from './failure.ts';

/** WAITING: will be tried again. PARKED: a person must decide. HELD: behind another of its key. */
export type ParkedState = 'WAITING' | 'PARKED' | 'HELD' | 'RETRIED' | 'DROPPED';

export interface ParkedMessage {
  id: string;
  consumer: string;
  topic: string;
  key: string;
  sequence: number;
  factId: string;
  type: string;
  state: ParkedState;
  attempts: number;
  errors: Failure[];
  firstFailedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
}

type Database = Pick<DataSource | EntityManager, 'query'>;

const OPEN: readonly ParkedState[] = ['WAITING', 'PARKED', 'HELD'];

/** The facts that could not be handled yet, in order per key; with `states` also those that are settled. */
export function listParked(db: Database, states: readonly ParkedState[] = OPEN): Promise<ParkedMessage[]> {
  return db.query(
    `select id, consumer, topic, key, sequence, fact_id as "factId", fact->>'type' as type, state, attempts, errors,
            first_failed_at as "firstFailedAt", decided_at as "decidedAt", decided_by as "decidedBy"
     from parked_message where state = any($1)
     order by consumer, topic, key, sequence, position limit 1000`,
    [states],
  );
}

/** Tries a PARKED fact again, and after it the ones held behind it. False when there is no such parked fact. */
export async function retryParked(db: Database, id: string, by: string): Promise<boolean> {
  return decide(
    db,
    `update parked_message set state = 'WAITING', attempts = 0, decided_at = now(), decided_by = $2
     where id = $1 and state = 'PARKED'`,
    [id, by],
  );
}

/** Gives a PARKED fact up; the ones held behind it are handled. False when there is no such parked fact. */
export async function dropParked(db: Database, id: string, by: string): Promise<boolean> {
  return decide(
    db,
    `update parked_message set state = 'DROPPED', decided_at = now(), decided_by = $2
     where id = $1 and state = 'PARKED'`,
    [id, by],
  );
}

/** One statement, so that the decision and the wake of its key cannot come apart. */
async function decide(db: Database, update: string, parameters: [string, string]): Promise<boolean> {
  const rows: unknown[] = await db.query(
    `with decided as (${update} returning consumer, topic, key, sequence, fact_id, state),
     known as (
       insert into inbox (consumer, fact_id)
       select consumer, fact_id from decided where state = 'DROPPED' on conflict do nothing
     ), woken as (
       update inbox_key k set retry_at = now(),
         last_sequence = case when d.state = 'DROPPED' then greatest(k.last_sequence, d.sequence) else k.last_sequence end
       from decided d where (k.consumer, k.topic, k.key) = (d.consumer, d.topic, d.key)
     )
     select 1 from decided`,
    parameters,
  );
  return rows.length > 0;
}
