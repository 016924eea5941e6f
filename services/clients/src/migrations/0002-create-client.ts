import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateClient1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [CLIENT, CASE_FILE, ASSIGNMENT, NEED]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table need, assignment, case_file, client;
      drop sequence case_number;`);
  }
}

const CLIENT = `
  create sequence case_number;
  grant usage on sequence case_number to clients_app;

  create table client (
    id uuid primary key,
    case_number text not null unique,
    status text not null check (status in ('ACTIVE', 'CLOSED', 'DECEASED')),
    legal_name text not null,
    name_to_use text,
    pronouns text,
    date_of_birth date,
    stated_age_band text,
    preferred_language text,
    interpreter_needed boolean not null,
    populations text[] not null,
    contact_points jsonb not null,
    safe_contact jsonb not null,
    safe_address boolean not null,
    blocked_agency_ids uuid[] not null,
    living_situation text,
    living_situation_as_of timestamptz,
    household_size integer check (household_size > 0),
    insurance_type text,
    county text,
    postal_code text,
    accessibility_needs text[] not null,
    consent_authority text not null,
    restrict_all boolean not null,
    registered_at timestamptz not null,
    registered_by uuid not null references case_manager (id),
    version integer not null
  );
  comment on column client.restrict_all is 'Nothing may leave (45 CFR 164.522, 42 CFR 2.26).';
  comment on column client.living_situation is 'HUD HMIS FY2026 code.';
  create index client_name on client (lower(coalesce(name_to_use, legal_name)), id);
  create index client_registered_by on client (registered_by);
  grant select, insert, update on client to clients_app;`;

const CASE_FILE = `
  create table case_file (
    id uuid primary key,
    client_id uuid not null references client (id),
    status text not null check (status in ('INQUIRY', 'SCREENING', 'NOT_ELIGIBLE', 'WAITLISTED', 'OPEN_ASSESSMENT',
      'OPEN_PLANNING', 'OPEN_ACTIVE', 'ON_HOLD', 'TRANSITIONING', 'AFTERCARE', 'CLOSED', 'ENTERED_IN_ERROR')),
    phase text not null,
    opened_at timestamptz not null,
    next_contact_due_at timestamptz,
    closure_reason text,
    closed_at timestamptz,
    version integer not null,
    check ((status = 'CLOSED') = (closed_at is not null))
  );
  create index case_file_client on case_file (client_id);
  create unique index case_file_one_open on case_file (client_id)
    where status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR');
  create index case_file_opened on case_file (opened_at, id)
    where status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR');
  grant select, insert, update on case_file to clients_app;`;

const ASSIGNMENT = `
  create table assignment (
    id uuid primary key,
    case_id uuid not null references case_file (id),
    client_id uuid not null references client (id),
    case_manager_id uuid not null references case_manager (id),
    role text not null check (role in ('PRIMARY', 'SECONDARY', 'BACKUP', 'PEER')),
    started_at timestamptz not null,
    ended_at timestamptz,
    reason text,
    assigned_by uuid not null,
    check (ended_at >= started_at)
  );
  comment on table assignment is
    'Who works on a case. It outlives the closing of the case, so that the last case manager can still read it.';
  create unique index assignment_one_primary_per_case on assignment (case_id)
    where role = 'PRIMARY' and ended_at is null;
  create unique index assignment_one_primary_per_client on assignment (client_id)
    where role = 'PRIMARY' and ended_at is null;
  create index assignment_caseload on assignment (case_manager_id) where ended_at is null;
  grant select, insert, update on assignment to clients_app;`;

const NEED = `
  create table need (
    id uuid primary key,
    client_id uuid not null references client (id),
    case_id uuid not null references case_file (id),
    category text not null,
    source text not null,
    status text not null check (status in ('OPEN', 'IN_PROGRESS', 'MET', 'UNMET', 'DECLINED')),
    identified_at timestamptz not null,
    priority integer check (priority between 1 and 5),
    client_rank integer check (client_rank > 0),
    version integer not null
  );
  comment on column need.client_rank is 'Own ranking of the person, 1 = most important.';
  create index need_case on need (case_id);
  create unique index need_one_per_rank on need (case_id, client_rank) where status in ('OPEN', 'IN_PROGRESS');
  grant select, insert, update on need to clients_app;`;
