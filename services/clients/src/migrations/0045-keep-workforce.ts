import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of staff and of assignments, so that the right case manager can be found. */
export class KeepWorkforce1700000000045 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [LIMITS, STAFF, LEAVE, CASE, ASSIGNMENT]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table assignment drop column match_score, drop column match_reasons, drop column over_approved_by,
        drop column over_reason, drop column ended_by, drop column end_reason;
      delete from assignment where role = 'SUPERVISOR';
      alter table assignment drop constraint assignment_role_check;
      alter table assignment add constraint assignment_role_check
        check (role in ('PRIMARY', 'SECONDARY', 'BACKUP', 'PEER'));
      drop index assignment_one_role_per_person, assignment_client_team, case_file_overdue;
      drop table case_modifier, staff_leave;
      alter table case_file drop column risk_tier;
      alter table case_manager drop column phone, drop column employee_no, drop column education,
        drop column settings, drop column populations, drop column gender, drop column cultures,
        drop column fte, drop column hours, drop column on_call, drop column program_code, drop column away,
        drop column cover_id;
      drop table caseload_limit;`);
  }
}

const LIMITS = `
  create table caseload_limit (
    code text primary key,
    label text not null,
    points numeric(6, 2) not null check (points > 0),
    heads integer not null check (heads > 0)
  );
  comment on table caseload_limit is 'Limits of a full-time case manager, by program model: data that an administrator edits.';
  insert into caseload_limit (code, label, points, heads) values
    ('STANDARD', 'Standard or targeted case management', 40, 45),
    ('ACT', 'Assertive community treatment', 40, 10),
    ('ICM', 'Intensive case management', 40, 20);
  grant select on caseload_limit to clients_app;`;

const STAFF = `
  alter table case_manager
    add column phone text,
    add column employee_no text,
    add column education jsonb not null default '[]',
    add column settings text[] not null default '{}',
    add column populations text[] not null default '{}',
    add column gender text,
    add column cultures text[] not null default '{}',
    add column fte numeric(3, 2) not null default 1 check (fte > 0 and fte <= 1),
    add column hours jsonb not null default '[]',
    add column on_call boolean not null default false,
    add column program_code text not null default 'STANDARD' references caseload_limit (code),
    add column away boolean not null default false,
    add column cover_id uuid references case_manager (id) deferrable initially deferred;
  comment on column case_manager.away is 'On leave now, in days of the program; the timers of staff_leave keep it.';
  comment on column case_manager.cover_id is 'Who stands in now; null when nobody does.';
  create index case_manager_cover on case_manager (cover_id) where cover_id is not null;`;

const LEAVE = `
  create table staff_leave (
    id uuid primary key,
    staff_id uuid not null references case_manager (id),
    starts_on date not null,
    ends_on date not null,
    cover_id uuid references case_manager (id),
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    cancelled_at timestamptz,
    version integer not null,
    check (ends_on >= starts_on),
    check (cover_id <> staff_id)
  );
  comment on table staff_leave is 'Absences of staff in days of the program, both included, and who stands in.';
  create index staff_leave_staff on staff_leave (staff_id, ends_on) where cancelled_at is null;
  grant select, insert, update on staff_leave to clients_app;`;

const CASE = `
  alter table case_file add column if not exists risk_tier text not null default 'MODERATE'
    check (risk_tier in ('CRISIS', 'HIGH', 'MODERATE', 'LOW', 'MONITOR'));
  comment on column case_file.risk_tier is 'Copy of what treatment tells; MODERATE until it tells a tier.';

  create table case_modifier (
    case_id uuid primary key references case_file (id),
    client_id uuid not null references client (id),
    modifiers text[] not null,
    changed_at timestamptz not null,
    changed_by uuid not null,
    version integer not null
  );
  comment on table case_modifier is 'What makes a case heavier and follows from no other column; each adds a quarter to its weight.';
  create index case_modifier_client on case_modifier (client_id);
  grant select, insert, update on case_modifier to clients_app;

  create index case_file_overdue on case_file (next_contact_due_at, id)
    where status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR');`;

const ASSIGNMENT = `
  alter table assignment drop constraint assignment_role_check;
  alter table assignment add constraint assignment_role_check
    check (role in ('PRIMARY', 'SECONDARY', 'BACKUP', 'PEER', 'SUPERVISOR'));
  alter table assignment
    add column match_score integer,
    add column match_reasons text[] not null default '{}',
    add column over_approved_by uuid,
    add column over_reason text,
    add column ended_by uuid,
    add column end_reason text,
    add check ((over_approved_by is null) = (over_reason is null));
  comment on column assignment.over_reason is 'Why a supervisor let the caseload pass its limit.';
  create unique index assignment_one_role_per_person on assignment (case_id, case_manager_id, role)
    where ended_at is null;
  create index assignment_client_team on assignment (client_id) where ended_at is null and role <> 'PRIMARY';`;
