import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts and attempts, with the versions of before each correction; and what holds up the end of a case. */
export class KeepContacts1700000000036 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [CONTACT, REVISION, BLOCKER, DEATH]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table contact_revision, contact_entry, case_blocker;
      alter table client drop column deceased_on;`);
  }
}

const CONTACT = `
  create table contact_entry (
    id uuid primary key,
    case_id uuid not null references case_file (id),
    client_id uuid not null references client (id),
    at timestamptz not null,
    channel text not null check (channel in ('CALL', 'TEXT', 'EMAIL', 'VIDEO', 'IN_PERSON', 'MAIL')),
    direction text not null check (direction in ('OUTBOUND', 'INBOUND')),
    reached boolean not null,
    minutes integer check (minutes between 0 and 1440),
    purpose text not null check (purpose in ('CHECK_IN', 'ASSESSMENT', 'PLANNING', 'COORDINATION', 'CRISIS',
      'OUTREACH', 'POST_TRANSITION', 'OTHER')),
    summary text,
    labels text[] not null,
    logged_at timestamptz not null,
    logged_by uuid not null,
    version integer not null
  );
  comment on table contact_entry is 'Contacts with a person, and attempts, as they are known now.';
  comment on column contact_entry.labels is 'Sensitivity labels of the summary.';
  create index contact_entry_case on contact_entry (case_id, at desc, id desc);
  create index contact_entry_client on contact_entry (client_id);
  grant select, insert, update on contact_entry to clients_app;`;

const REVISION = `
  create table contact_revision (
    contact_id uuid not null references contact_entry (id),
    version integer not null,
    client_id uuid not null,
    content jsonb not null,
    replaced_at timestamptz not null,
    replaced_by uuid not null,
    primary key (contact_id, version)
  );
  comment on table contact_revision is 'What a contact said before each correction; none is changed or removed.';
  grant select, insert on contact_revision to clients_app;`;

const BLOCKER = `
  create table case_blocker (
    id uuid primary key,
    client_id uuid not null,
    kind text not null check (kind in ('CRISIS', 'REFERRAL', 'DRAFT_REFERRAL')),
    since timestamptz not null
  );
  comment on table case_blocker is 'Copy, fed by facts of other services: what is open for a client and holds up the end of the case.';
  create index case_blocker_client on case_blocker (client_id);
  grant select, insert, update, delete on case_blocker to clients_app;`;

const DEATH = `
  alter table client add column if not exists deceased_on date;
  comment on column client.deceased_on is 'Day on which the person died, when the case was closed for it.';`;
