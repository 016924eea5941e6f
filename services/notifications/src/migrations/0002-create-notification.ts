import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotification1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [STAFF, ESCALATION, NOTIFICATION, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table notification, escalation, quiet_hours, staff');
  }
}

const STAFF = `
  create table staff (
    id uuid primary key,
    supervisor_id uuid,
    roles text[] not null,
    time_zone text,
    active boolean not null
  );
  comment on table staff is 'Local copy, fed by StaffRecorded of the clients service.';
  create index staff_roles on staff using gin (roles) where active;

  create table quiet_hours (
    staff_id uuid primary key,
    "from" text not null check ("from" ~ '^[0-2][0-9]:[0-5][0-9]$'),
    "to" text not null check ("to" ~ '^[0-2][0-9]:[0-5][0-9]$' and "to" <> "from"),
    changed_at timestamptz not null
  );
  comment on table quiet_hours is 'Local wall-clock times that somebody chose; without a row 21:00 to 08:00.';`;

const ESCALATION = `
  create table escalation (
    id uuid primary key,
    code text not null,
    subject_id uuid not null,
    client_id uuid,
    fact_id uuid not null,
    named jsonb not null,
    told uuid[] not null check (cardinality(told) > 0),
    step integer not null check (step >= 0),
    next_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    correlation_id text not null,
    unique (code, fact_id),
    check ((acknowledged_at is null) = (acknowledged_by is null))
  );
  comment on column escalation.told is 'Everybody told of the alert so far, never nobody; each may acknowledge for all.';
  comment on column escalation.named is 'Ids of the people that the fact named: where the chain starts.';
  create index escalation_open on escalation (next_at) where acknowledged_at is null;`;

const NOTIFICATION = `
  create table notification (
    id uuid primary key,
    code text not null,
    recipient_id uuid not null,
    subject_type text not null
      check (subject_type in ('Agency', 'CaseFile', 'Client', 'Consent', 'Referral', 'Screening')),
    subject_id uuid not null,
    client_id uuid,
    fact_id uuid not null,
    step integer not null check (step >= 0),
    escalation_id uuid references escalation,
    created_at timestamptz not null,
    deliver_at timestamptz not null check (deliver_at >= created_at),
    due_at timestamptz,
    read_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    unique (code, subject_id, recipient_id, fact_id, step),
    check ((acknowledged_at is null) = (acknowledged_by is null)),
    check (acknowledged_at is null or escalation_id is not null)
  );
  create index notification_inbox on notification (recipient_id, created_at desc, id desc);
  create index notification_unread on notification (recipient_id, deliver_at)
    where read_at is null and acknowledged_at is null;
  create index notification_escalation on notification (escalation_id) where escalation_id is not null;
  create index notification_alert on notification (recipient_id, client_id)
    where escalation_id is not null and acknowledged_at is null;`;

/** The app role cannot delete what somebody was told, nor rewrite it: only what happened to it afterwards. */
const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select, insert, update on staff, quiet_hours to ' || app;
    execute 'grant select, insert on escalation, notification to ' || app;
    execute 'grant update (told, step, next_at, acknowledged_at, acknowledged_by) on escalation to ' || app;
    execute 'grant update (read_at, acknowledged_at, acknowledged_by) on notification to ' || app;
  end $$;`;
