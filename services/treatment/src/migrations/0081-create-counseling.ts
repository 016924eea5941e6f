import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counseling notes: a schema that only the role treatment_counseling enters. The step that makes databases and roles makes
 * this role, too. Where roles are made by hand, it must be there before; who migrates makes it only if permitted, without
 * a password, and then the role cannot sign in until it gets one.
 */
export class CreateCounseling1700000000081 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [ROLE, NOTE, READER, ACCESS, GUARD, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop schema counseling cascade');
  }
}

const ROLE = `
  do $$
  begin
    if exists (select from pg_roles where rolname = 'treatment_counseling') then
      return;
    end if;
    begin
      create role treatment_counseling nologin;
    exception
      when insufficient_privilege then
        raise exception 'the role treatment_counseling is missing, and % may not create it', current_user
          using hint = 'As a superuser: create role treatment_counseling login password ''...''; then migrate again.';
      -- Another database of the same server is migrated at the same moment.
      when duplicate_object or unique_violation then
        null;
    end;
  end $$;
  create schema counseling;
  comment on schema counseling is 'Counseling notes, apart from the record: entered by the role treatment_counseling only.'`;

const NOTE = `
  create table counseling.note (
    id uuid primary key,
    client_id uuid not null,
    author_id uuid not null,
    kind text not null check (kind in ('PSYCHOTHERAPY', 'SUD_COUNSELING')),
    session_on date not null,
    sealed text not null check (sealed like 'sealed:%'),
    amends_id uuid references counseling.note (id),
    written_at timestamptz not null,
    saved_at timestamptz not null,
    signed_at timestamptz,
    version integer not null,
    idempotency_key text,
    input_hash text not null,
    unique (author_id, idempotency_key)
  );
  comment on table counseling.note is 'Counseling notes; the text is encrypted with a key that the database does not have.';
  create index note_client on counseling.note (client_id, written_at desc, id desc)`;

const READER = `
  create table counseling.reader (
    id bigint generated always as identity primary key,
    note_id uuid not null references counseling.note (id),
    staff_id uuid not null,
    named_at timestamptz not null,
    removed_at timestamptz
  );
  comment on table counseling.reader is 'Clinicians whom the author of a note lets read it, and until when.';
  create unique index reader_note on counseling.reader (note_id, staff_id) where removed_at is null`;

const ACCESS = `
  create table counseling.access_event (
    id bigint generated always as identity primary key,
    note_id uuid not null,
    staff_id uuid not null,
    act text not null check (act in ('WRITTEN', 'REVISED', 'SIGNED', 'READ', 'READER_NAMED', 'READER_REMOVED')),
    at timestamptz not null
  );
  comment on table counseling.access_event is 'Who did what with which note; written once.';
  create index access_event_note on counseling.access_event (note_id, at)`;

const GUARD = `
  create function counseling.refuse_change_of_signed() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' or old.signed_at is not null then
      raise exception 'a signed counseling note does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;
  create trigger note_signed before update or delete on counseling.note
    for each row execute function counseling.refuse_change_of_signed();
  create trigger access_event_append_only before update or delete on counseling.access_event
    for each row execute function refuse_change()`;

/** The usual role of the service gets nothing. */
const GRANTS = `
  revoke all on schema counseling from public;
  do $$ begin
    execute format('grant connect on database %I to treatment_counseling', current_database());
  end $$;
  grant usage on schema counseling to treatment_counseling;
  grant select, insert on counseling.note to treatment_counseling;
  grant update (sealed, saved_at, signed_at, version) on counseling.note to treatment_counseling;
  grant select, insert on counseling.reader to treatment_counseling;
  grant update (removed_at) on counseling.reader to treatment_counseling;
  grant insert on counseling.access_event to treatment_counseling`;
