import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of shared/messaging; first in every service's list of migrations. Runs as `<service>_owner`. */
export class CreateMessaging1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [OUTBOX, INBOX, PARKED, RECEIPT, HEARTBEAT, PRUNE, GRANTS]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function prune_messaging;
      drop table outbox, outbox_key, inbox, inbox_key, parked_message, command_receipt, scheduler_heartbeat`);
  }
}

const OUTBOX = `
  create table outbox_key (
    topic text not null,
    key text not null,
    last_sequence integer not null,
    primary key (topic, key)
  );
  comment on table outbox_key is 'One row per key; its row lock orders the transactions that record facts of that key.';

  create table outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    topic text not null,
    key text not null,
    key_sequence integer not null,
    type text not null,
    schema_version integer not null,
    payload jsonb not null,
    cause jsonb not null,
    occurred_at timestamptz not null,
    sent_at timestamptz,
    unique (topic, key, key_sequence)
  );
  comment on table outbox is 'Facts to send. seq follows the order of commits within one key, not across keys: never read by "seq > last".';
  create index outbox_unsent on outbox (seq) where sent_at is null;`;

const INBOX = `
  create table inbox (
    consumer text not null,
    fact_id uuid not null,
    received_at timestamptz not null default now(),
    primary key (consumer, fact_id)
  );
  create index inbox_received_at on inbox using brin (received_at);

  create table inbox_key (
    consumer text not null,
    topic text not null,
    key text not null,
    last_sequence integer,
    held boolean not null default false,
    retry_at timestamptz,
    primary key (consumer, topic, key)
  );
  comment on table inbox_key is
    'One row per key; its row lock orders the handling. held: a fact could not be handled and the later ones wait in parked_message; retry_at: when the first of them is tried again, null while a person must decide.';
  create index inbox_key_retry on inbox_key (consumer, retry_at) where retry_at is not null;`;

const PARKED = `
  create table parked_message (
    id uuid primary key,
    position bigint generated always as identity,
    consumer text not null,
    topic text not null,
    key text not null,
    sequence integer not null,
    fact_id uuid not null,
    fact jsonb not null,
    state text not null check (state in ('WAITING', 'PARKED', 'HELD', 'RETRIED', 'DROPPED')),
    attempts integer not null default 0,
    errors jsonb not null default '[]',
    first_failed_at timestamptz not null default now(),
    decided_at timestamptz,
    decided_by text,
    unique (consumer, fact_id)
  );
  comment on table parked_message is
    'state WAITING: will be tried again. PARKED: a person must decide. HELD: behind another of its key. RETRIED: handled after all. DROPPED: given up by decided_by.';
  create index parked_message_open on parked_message (consumer, topic, key, sequence, position)
    where state in ('WAITING', 'PARKED', 'HELD');`;

const RECEIPT = `
  create table command_receipt (
    viewer_id text not null,
    idempotency_key text not null,
    command text not null,
    input_hash text not null,
    result jsonb,
    at timestamptz not null default now(),
    primary key (viewer_id, idempotency_key)
  );
  create index command_receipt_at on command_receipt using brin (at);`;

const HEARTBEAT = `
  create table scheduler_heartbeat (
    worker text primary key,
    beat_at timestamptz not null
  );`;

/**
 * The app role cannot delete facts; it may ask for those to go that were sent long ago. The inbox is kept longer
 * than any topic, so that no old delivery can become visible again.
 */
const PRUNE = `
  create function prune_messaging(chunk integer default 5000) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare pruned integer := 0; n integer;
  begin
    delete from outbox where seq in (
      select seq from outbox where sent_at < now() - interval '7 days' order by seq limit chunk);
    get diagnostics n = row_count; pruned := pruned + n;
    delete from inbox where ctid in (
      select ctid from inbox where received_at < now() - interval '35 days' limit chunk);
    get diagnostics n = row_count; pruned := pruned + n;
    delete from command_receipt where ctid in (
      select ctid from command_receipt where at < now() - interval '35 days' limit chunk);
    get diagnostics n = row_count; pruned := pruned + n;
    return pruned;
  end $$;
  revoke execute on function prune_messaging from public;`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant usage on schema public to ' || app;
    execute 'grant select, insert on outbox, inbox, inbox_key, parked_message, command_receipt to ' || app;
    execute 'grant update (sent_at) on outbox to ' || app;
    execute 'grant update on inbox_key, parked_message, command_receipt to ' || app;
    execute 'grant delete on command_receipt to ' || app;
    execute 'grant select, insert, update on outbox_key, scheduler_heartbeat to ' || app;
    execute 'grant execute on function prune_messaging to ' || app;
  end $$;`;
