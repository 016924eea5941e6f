import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInquiry1700000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [INQUIRY, GUARDS, INDEXES]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table inquiry');
  }
}

const INQUIRY = `
  create table inquiry (
    id uuid primary key,
    received_at timestamptz not null,
    channel text not null check (channel in ('CALL', 'TEXT', 'WEB', 'WALK_IN', 'REFERRAL_IN')),
    caller_relation text not null check (caller_relation in ('SELF', 'FAMILY', 'PROVIDER', 'JUSTICE', 'OTHER')),
    anonymous boolean not null,
    caller_name text,
    callback_number text check (callback_number ~ '^[+][1-9][0-9]{6,14}$'),
    callback_extension text check (callback_extension ~ '^[0-9]{1,20}$'),
    safe_to_call_back boolean,
    presenting_concern text,
    notes text,
    language text,
    state text check (state ~ '^[A-Z]{2}$'),
    urgency text not null check (urgency in ('ROUTINE', 'URGENT', 'CRISIS')),
    script_id uuid not null references triage_script (id),
    answers jsonb not null,
    call_line_id uuid references call_line (id),
    status text not null check (status in ('OPEN', 'CALLBACK', 'ENDED')),
    disposition text check (disposition in ('INFO_GIVEN', 'SCREENED', 'WARM_TRANSFER_988', 'WARM_TRANSFER_OTHER',
      'EMERGENCY_911', 'CALLBACK_SCHEDULED', 'CONVERTED', 'ABANDONED', 'WRONG_NUMBER')),
    transfer jsonb,
    callback jsonb,
    callback_due_at timestamptz,
    claimed_by uuid references case_manager (id),
    claimed_at timestamptz,
    missed_at timestamptz,
    handled_by uuid not null references case_manager (id),
    ended_at timestamptz,
    client_id uuid references client (id),
    case_id uuid,
    converted_by uuid references case_manager (id),
    erased_at timestamptz,
    version integer not null
  );
  comment on table inquiry is
    'First contacts. The personal data of one that led to no client is erased after INQUIRY_RETENTION_DAYS.';
  comment on column inquiry.safe_to_call_back is 'Null: nobody asked.';
  comment on column inquiry.transfer is 'Line, result and what was done instead, when a crisis was handed on.';
  comment on column inquiry.callback is 'Hours in which the caller wants to be called, and their time zone.';
  comment on column inquiry.claimed_by is 'Who calls back now, so that two do not.';
  comment on column inquiry.case_id is 'The case that the conversion opened, or the open case of a client who called again.';
  grant select, insert, update on inquiry to clients_app;`;

const GUARDS = `
  alter table inquiry
    add check (not anonymous or caller_name is null),
    add check ((status = 'ENDED') = (ended_at is not null)),
    add check (status <> 'CALLBACK' or (callback_due_at is not null and callback_number is not null)),
    add check ((claimed_by is null) = (claimed_at is null)),
    add check ((disposition = 'CONVERTED') = (client_id is not null) or disposition is null and client_id is null),
    add check ((client_id is null) = (converted_by is null)),
    add check (urgency <> 'CRISIS' or status <> 'ENDED' or transfer is not null),
    add check (erased_at is null or
      (client_id is null and caller_name is null and callback_number is null and presenting_concern is null and notes is null));`;

const INDEXES = `
  create index inquiry_open on inquiry (received_at, id) where status = 'OPEN';
  create index inquiry_callback on inquiry (callback_due_at, id) where status = 'CALLBACK';
  create index inquiry_received on inquiry (received_at, id);
  create index inquiry_handled on inquiry (handled_by, received_at, id);
  create index inquiry_case on inquiry (case_id, received_at) where case_id is not null;
  create index inquiry_client on inquiry (client_id) where client_id is not null;`;
