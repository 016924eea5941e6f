import { longWorkTimeouts, pgTimeouts } from '@throughline/runtime';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

const quiet = new Logger(() => () => undefined);

/**
 * The tables of the queue have row level security for their owner only, so the app role needs a policy, too.
 */
const GRANT = `
do $$
declare
  app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  tab record;
begin
  execute 'grant usage on schema graphile_worker to ' || app;
  execute 'grant select, insert, update, delete on all tables in schema graphile_worker to ' || app;
  execute 'grant usage, select on all sequences in schema graphile_worker to ' || app;
  execute 'grant execute on all functions in schema graphile_worker to ' || app;
  for tab in
    select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity
  loop
    execute format('drop policy if exists app on graphile_worker.%I', tab.tablename);
    execute format('create policy app on graphile_worker.%I to %s using (true) with check (true)', tab.tablename, app);
  end loop;
end $$`;

/** Brings the job queue's own tables up to date, as the owner, and grants the app role their use. */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: quiet });
  const client = new pg.Client({ connectionString: ownerUrl, ...pgTimeouts(longWorkTimeouts) });
  await client.connect();
  try {
    await client.query(GRANT);
  } finally {
    await client.end();
  }
}
