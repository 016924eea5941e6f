import { clientUpdated } from '@throughline/events';
import { DataSource, type EntityManager } from 'typeorm';
import { defineProjection, fromArchives, on, rebuild, type RebuildOptions, type Rebuilt } from '../index.ts';
import { messagingEntities } from '../messaging.entity.ts';
import type { MessagingDatabase } from './test-services.ts';

/** Two tables that show a lost, duplicated or misplaced fact: one counts, one only grows. */
export const updates = defineProjection({
  name: 'updates',
  concern: 'view',
  tables: ['latest_update', 'update_line'],
  reactions: [
    on(clientUpdated, async (tx, { version }, { key, sequence, id }) => {
      await tx.query(
        `insert into latest_update as l (key, version, heard) values ($1, $2, 1)
         on conflict (key) do update set version = excluded.version, heard = l.heard + 1`,
        [key, version],
      );
      await tx.query('insert into update_line (key, place, fact_id) values ($1, $2, $3)', [
        key,
        sequence,
        id,
      ]);
    }),
  ],
});

export async function createUpdateTables(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, (owner) =>
    owner.query(`
      create table latest_update (key text primary key, version int not null, heard int not null);
      create index latest_update_version on latest_update (version);
      create table update_line (key text not null references latest_update deferrable initially deferred,
        place int not null, fact_id uuid not null unique, primary key (key, place));
      create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'lines are never changed'; end $$;
      create trigger only_grows before update or delete on update_line
        for each row execute function refuse_change();
      grant select, insert, update on latest_update to messaging_app;
      grant select, insert on update_line to messaging_app;`),
  );
}

/** Damage to the tables: lost, changed and invented rows; one of the tables only grows. */
export function damage(ownerUrl: string, sparing: number): Promise<unknown> {
  return asOwner(ownerUrl, (owner) =>
    owner.query(`
      begin;
      lock table inbox_key in exclusive mode;
      alter table update_line disable trigger user;
      delete from update_line where place % ${String(sparing)} = 0;
      update update_line set fact_id = gen_random_uuid() where place % ${String(sparing)} = 1;
      update latest_update set heard = heard - 1, version = 0 where hashtext(key) % 2 = 0;
      insert into latest_update values ('nobody', 1, 1);
      alter table update_line enable trigger user;
      commit`),
  );
}

export interface State {
  latest: { key: string; version: number; heard: number }[];
  lines: { key: string; place: number; fact_id: string }[];
}

export async function stateOf({ dataSource }: MessagingDatabase): Promise<State> {
  const latest = await dataSource.query<State['latest']>('select * from latest_update order by key');
  const lines = await dataSource.query<State['lines']>('select * from update_line order by key, place');
  return { latest, lines };
}

/** Rows of the tables when each recorded fact was handled once. */
export async function dueState({ dataSource }: MessagingDatabase): Promise<State> {
  const latest = await dataSource.query<State['latest']>(
    `select key, (array_agg((payload->>'version')::int order by key_sequence desc))[1] as version, count(*)::int as heard
     from (select key, key_sequence, payload from outbox_archive union all select key, key_sequence, payload from outbox) f
     group by key order by key`,
  );
  const lines = await dataSource.query<State['lines']>(
    `select key, key_sequence as place, id as fact_id
     from (select key, key_sequence, id from outbox_archive union all select key, key_sequence, id from outbox) f
     order by key, key_sequence`,
  );
  return { latest, lines };
}

export function rebuildUpdates(
  { ownerUrl, appUrl }: MessagingDatabase,
  options: Partial<RebuildOptions> = {},
): Promise<Rebuilt> {
  return rebuild({
    service: 'messaging',
    projection: updates,
    createDataSource: (url, poolSize) =>
      new DataSource({ type: 'postgres', url, poolSize, entities: messagingEntities }),
    ownerUrl,
    source: fromArchives({ clients: appUrl }),
    ...options,
  });
}

export async function asOwner<Result>(
  ownerUrl: string,
  work: (owner: EntityManager) => Promise<Result>,
): Promise<Result> {
  const owner = await new DataSource({ type: 'postgres', url: ownerUrl, poolSize: 1 }).initialize();
  try {
    return await work(owner.manager);
  } finally {
    await owner.destroy();
  }
}
