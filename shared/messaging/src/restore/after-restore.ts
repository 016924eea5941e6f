import { publishedTopics } from '@throughline/events';
import { longWorkTimeouts, pgTimeouts } from '@throughline/runtime';
import pg from 'pg';
import { concerns, consumerOf } from '../inbox/concern.ts';
import type { Message, Transport } from '../transport.ts';

export interface AfterRestoreOptions {
  /** The services whose databases were restored to the same time, and the restored databases as their owners. */
  restored: readonly RestoredDatabase[];
  transport: Transport;
  /** The time that the databases were restored to. */
  restoredTo: Date;
}

export interface RestoredDatabase {
  service: string;
  ownerUrl: string;
}

/** A fact that a service had sent, and that its restored database does not know. */
export type LostFact = Pick<Message, 'id' | 'source' | 'topic' | 'type' | 'key' | 'sequence' | 'occurredAt'>;

export interface Restored {
  /** Others may have heard of these changes; the restored services have not made them. In the order of each key. */
  lost: LostFact[];
  /** From when on the services hear the facts again. */
  hearsAgainFrom: Date;
}

/** A clock that is wrong, and a fact that was handled in the moment of the backup. */
const MARGIN_MS = 15 * 60_000;

/**
 * Fits restored databases to the topics, which are newer. Run it while their services are stopped; it may run again.
 * 1. Their consumers go back to the time of the backup: what they had handled since is handled again, once.
 * 2. Facts that they had sent since are found in the topics and told. They stay in the archive as numbers without content,
 *    so that no later fact has the same number, and a rebuild elsewhere knows that nothing is missing.
 * 3. The restored services pass by these facts: they do not act on changes that were never made.
 */
export async function afterRestore({
  restored,
  transport,
  restoredTo,
}: AfterRestoreOptions): Promise<Restored> {
  if (!transport.rewind || !transport.replay) throw new Error('Nothing is kept in topics here.');
  const hearsAgainFrom = new Date(restoredTo.getTime() - MARGIN_MS);
  const groups = restored.flatMap(({ service }) => consumersOf(service));
  if (!(await transport.rewind({ groups, to: hearsAgainFrom })))
    throw new Error(`${namesOf(restored)} must not run: stop all processes first.`);
  const owners = await connect(restored);
  try {
    const lost = await lostSince(owners, { transport, since: hearsAgainFrom });
    for (const [service, owner] of owners) {
      await keepNumbers(
        owner,
        lost.filter(({ source }) => source === service),
      );
      await passBy(owner, consumersOf(service), lost);
    }
    return { lost, hearsAgainFrom };
  } finally {
    for (const owner of owners.values()) await owner.end();
  }
}

const consumersOf = (service: string): string[] => concerns.map((concern) => consumerOf(service, concern));

const namesOf = (restored: readonly RestoredDatabase[]): string =>
  restored.map(({ service }) => service).join(', ');

type Owners = ReadonlyMap<string, pg.Client>;

async function connect(restored: readonly RestoredDatabase[]): Promise<Owners> {
  const owners = new Map<string, pg.Client>();
  for (const { service, ownerUrl } of restored) {
    const owner = new pg.Client({ connectionString: ownerUrl, ...pgTimeouts(longWorkTimeouts) });
    await owner.connect();
    owners.set(service, owner);
  }
  return owners;
}

async function lostSince(
  owners: Owners,
  { transport, since }: { transport: Transport; since: Date },
): Promise<LostFact[]> {
  // A topic may hold a fact twice.
  const lost = new Map<string, LostFact>();
  const replay = await transport.replay?.({
    name: `${[...owners.keys()].join('-')}.after-restore`,
    topics: publishedTopics,
    take: async (messages) => {
      for (const [service, owner] of owners) {
        const own = messages.filter(({ source, occurredAt }) => source === service && occurredAt >= since);
        for (const fact of await unknownOf(owner, { since, messages: own })) lost.set(fact.id, fact);
      }
    },
  });
  try {
    await replay?.reachEnd();
  } finally {
    await replay?.close();
  }
  return [...lost.values()];
}

/** In the archive it stands for a fact that was sent before a restore and is not known any more. */
const LOST = 'FactLost';

async function unknownOf(
  owner: pg.Client,
  { since, messages }: { since: Date; messages: readonly Message[] },
): Promise<LostFact[]> {
  if (messages.length === 0) return [];
  const { rows } = await owner.query<{ id: string }>(
    `select id from unnest($1::uuid[]) id
     except select id from outbox
     except select id from outbox_archive where occurred_at >= $2 and type <> '${LOST}'`,
    [messages.map(({ id }) => id), since],
  );
  const unknown = new Set(rows.map(({ id }) => id));
  return messages
    .filter(({ id }) => unknown.has(id))
    .map(({ id, source, topic, type, key, sequence, occurredAt }) => {
      return { id, source, topic, type, key, sequence, occurredAt };
    });
}

async function keepNumbers(owner: pg.Client, lost: readonly LostFact[]): Promise<void> {
  const facts = JSON.stringify(lost);
  await owner.query(
    `insert into outbox_key (topic, key, last_sequence)
     select f.topic, f.key, max(f.sequence)
     from jsonb_to_recordset($1) f (topic text, key text, sequence integer) group by f.topic, f.key
     on conflict (topic, key) do update set last_sequence = greatest(outbox_key.last_sequence, excluded.last_sequence)`,
    [facts],
  );
  await owner.query(
    `insert into outbox_archive
       (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
     select f.id, f.topic, f.key, f.sequence, '${LOST}', 1, '{}', '{}', f."occurredAt"
     from jsonb_to_recordset($1) f (id uuid, topic text, key text, sequence integer, "occurredAt" timestamptz)
     on conflict do nothing`,
    [facts],
  );
}

/** Their inboxes know these facts already; the positions of the keys go on when the facts come. */
async function passBy(
  owner: pg.Client,
  consumers: readonly string[],
  lost: readonly LostFact[],
): Promise<void> {
  await owner.query(
    `insert into inbox (consumer, fact_id)
     select consumer, fact_id from unnest($1::text[]) consumer cross join unnest($2::uuid[]) fact_id
     on conflict do nothing`,
    [consumers, lost.map(({ id }) => id)],
  );
}
