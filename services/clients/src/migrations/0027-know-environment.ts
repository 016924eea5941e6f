import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People around the person, households of several clients, and who was said not to be the same person. */
export class KnowEnvironment1700000000027 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [SUPPORT, HOUSEHOLD, RULING]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table support_person, household_member, duplicate_ruling;
      drop function keep_duplicate_ruling;`);
  }
}

const SUPPORT = `
  create table support_person (
    id uuid primary key,
    client_id uuid not null references client (id),
    name text not null,
    relation text not null,
    contact_points jsonb not null,
    preferred_language text,
    lives_with_client boolean not null,
    is_emergency_contact boolean not null,
    is_guardian boolean not null,
    consent_id uuid references consent (id),
    is_restricted boolean not null,
    restriction_note text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    ended_at timestamptz,
    version integer not null,
    check (not (is_restricted and (is_emergency_contact or consent_id is not null)))
  );
  comment on table support_person is 'People around a client. A restricted person must learn nothing: safety of the client.';
  comment on column support_person.consent_id is 'Consent under which the person may receive information.';
  create index support_person_client on support_person (client_id);
  grant select, insert, update on support_person to clients_app;`;

const HOUSEHOLD = `
  create table household_member (
    id uuid primary key,
    household_id uuid not null,
    client_id uuid not null references client (id),
    role text not null check (role in ('HEAD', 'PARTNER', 'CHILD', 'PARENT', 'SIBLING', 'RELATIVE', 'OTHER')),
    joined_at timestamptz not null,
    left_at timestamptz,
    version integer not null,
    check (left_at >= joined_at)
  );
  comment on table household_member is 'Clients who live together. A row that ended tells where somebody lived before.';
  create unique index household_member_one on household_member (client_id) where left_at is null;
  create index household_member_household on household_member (household_id) where left_at is null;
  grant select, insert, update on household_member to clients_app;`;

const RULING = `
  create table duplicate_ruling (
    client_id uuid not null references client (id),
    other_id uuid not null references client (id),
    score integer not null,
    ruled_by uuid not null,
    ruled_at timestamptz not null,
    primary key (client_id, other_id)
  );
  comment on table duplicate_ruling is
    'Who said, when a client was registered, that the other client is somebody else. Kept as long as the records.';
  create index duplicate_ruling_other on duplicate_ruling (other_id);
  create function keep_duplicate_ruling() returns trigger language plpgsql as $$
  begin
    raise exception 'what was said about duplicates does not change';
  end $$;
  create trigger keep_duplicate_ruling before update or delete or truncate on duplicate_ruling
    for each statement execute function keep_duplicate_ruling();
  grant select, insert on duplicate_ruling to clients_app;`;
