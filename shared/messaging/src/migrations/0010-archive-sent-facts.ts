import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts that were sent long ago move into an archive instead of going: what others made of them can be made anew. */
export class ArchiveSentFacts1700000010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [TABLE, PRUNE, GRANTS]) await queryRunner.query(statement);
  }

  /** What the archive holds returns to the outbox as sent, so that nothing is lost by going back. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      insert into outbox (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at, sent_at)
      select id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at, occurred_at
      from outbox_archive order by topic, key, key_sequence`);
    await queryRunner.query(FORGET);
    await queryRunner.query('drop table outbox_archive');
  }
}

/** One index only: a fact is looked for by its key, and the outbox has checked that its id is unique. */
const TABLE = `
  create table outbox_archive (
    id uuid not null,
    topic text not null,
    key text not null,
    key_sequence integer not null,
    type text not null,
    schema_version integer not null,
    payload jsonb not null,
    cause jsonb not null,
    occurred_at timestamptz not null,
    primary key (topic, key, key_sequence)
  );
  comment on table outbox_archive is
    'Facts that were sent more than 7 days ago, word for word, for as long as the service lives. With outbox: every fact of this service.';`;

const pruneWith = (outbox: string): string => `
  create or replace function prune_messaging(chunk integer default 5000) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare pruned integer := 0; n integer;
  begin
    ${outbox}
    get diagnostics n = row_count; pruned := pruned + n;
    delete from inbox where ctid in (
      select ctid from inbox where received_at < now() - interval '35 days' limit chunk);
    get diagnostics n = row_count; pruned := pruned + n;
    delete from command_receipt where ctid in (
      select ctid from command_receipt where at < now() - interval '35 days' limit chunk);
    get diagnostics n = row_count; pruned := pruned + n;
    return pruned;
  end $$;`;

/** One statement: at every moment a fact is in exactly one of the two tables. */
const PRUNE = pruneWith(`
    with gone as (
      delete from outbox where seq in (
        select seq from outbox where sent_at < now() - interval '7 days' order by seq limit chunk)
      returning id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
    insert into outbox_archive (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
    select id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at from gone;`);

const FORGET = pruneWith(`
    delete from outbox where seq in (
      select seq from outbox where sent_at < now() - interval '7 days' order by seq limit chunk);`);

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select on outbox_archive to ' || app;
  end $$;`;
