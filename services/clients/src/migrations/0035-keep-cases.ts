import type { MigrationInterface, QueryRunner } from 'typeorm';

/** States, phases and the queue of a case. */
export class KeepCases1700000000035 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [CASE, PHASES, SCREENING, QUEUE, GUARD]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger case_owner on case_file;
      drop trigger case_owner on assignment;
      drop function guard_case_owner;
      drop trigger case_queue on assignment;
      drop trigger case_queue on case_file;
      drop function keep_case_queue, keep_own_queue;
      drop table screening_decision, case_phase;
      alter table case_file drop column case_model, drop column setting, drop column program,
        drop column hold_reason, drop column review_on, drop column status_changed_at,
        drop column previous_case_id, drop column queued_since, drop column queue_told,
        drop column last_reached_at, drop column failed_attempts, drop column planned_contact,
        drop column closure_note, drop column override_note, drop column closed_by;`);
  }
}

const open = `not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;

const CASE = `
  alter table case_file
    add column case_model text check (case_model in ('BROKER_GENERALIST', 'STRENGTHS_BASED',
      'ASSERTIVE_COMMUNITY_TREATMENT', 'CLINICAL_REHABILITATION')),
    add column setting text,
    add column program text,
    add column hold_reason text,
    add column review_on date,
    add column status_changed_at timestamptz,
    add column previous_case_id uuid references case_file (id),
    add column queued_since timestamptz,
    add column queue_told smallint not null default 0,
    add column last_reached_at timestamptz,
    add column failed_attempts integer not null default 0 check (failed_attempts >= 0),
    add column planned_contact jsonb,
    add column closure_note text,
    add column override_note text,
    add column closed_by uuid;
  update case_file set status_changed_at = coalesce(closed_at, opened_at);
  alter table case_file alter column status_changed_at set not null;
  alter table case_file
    add check (status <> 'ON_HOLD' or (hold_reason is not null and review_on is not null)),
    add check (status <> 'WAITLISTED' or review_on is not null) not valid,
    add check (previous_case_id <> id);
  comment on column case_file.review_on is 'Day of the program on which a hold, or a place on the wait list, is reviewed.';
  comment on column case_file.queued_since is 'Since when the open case waits for a case manager; triggers keep it. Null while it has one.';
  comment on column case_file.queue_told is 'Which limits of the queue were told: 1 = four hours, 2 = one business day.';
  comment on column case_file.failed_attempts is 'Attempts since the person was reached last, within one cadence.';
  comment on column case_file.override_note is 'Why a supervisor closed the case although something was open.';
  create index case_file_previous on case_file (previous_case_id) where previous_case_id is not null;`;

const PHASES = `
  create table case_phase (
    id uuid primary key,
    case_id uuid not null references case_file (id),
    client_id uuid not null references client (id),
    phase text not null check (phase in ('SCREENING', 'ASSESSING', 'STRATIFYING_RISK', 'PLANNING', 'IMPLEMENTING',
      'FOLLOWING_UP', 'TRANSITIONING', 'POST_TRANSITION', 'EVALUATING')),
    status text not null,
    entered_at timestamptz not null,
    entered_by uuid,
    reason text
  );
  comment on table case_phase is 'Each entry of a case into a phase; a phase may be entered again, and no entry changes.';
  comment on column case_phase.entered_by is 'Member of staff; null for a timer, and for entries of before this table.';
  create index case_phase_case on case_phase (case_id, entered_at, id);
  grant select, insert on case_phase to clients_app;
  insert into case_phase (id, case_id, client_id, phase, status, entered_at)
    select id, id, client_id, phase, status, status_changed_at from case_file
    where phase in ('SCREENING', 'ASSESSING', 'STRATIFYING_RISK', 'PLANNING', 'IMPLEMENTING',
      'FOLLOWING_UP', 'TRANSITIONING', 'POST_TRANSITION', 'EVALUATING');`;

const SCREENING = `
  create table screening_decision (
    id uuid primary key,
    case_id uuid not null references case_file (id),
    client_id uuid not null references client (id),
    decision text not null check (decision in ('ACCEPTED', 'NOT_ELIGIBLE', 'WAITLISTED')),
    reason text,
    note text,
    alternative text,
    review_on date,
    decided_at timestamptz not null,
    decided_by uuid not null,
    check (decision <> 'NOT_ELIGIBLE' or (reason is not null and alternative is not null)),
    check (decision <> 'WAITLISTED' or review_on is not null)
  );
  comment on table screening_decision is 'Whether the program takes a person, each decision of a case; none changes.';
  create index screening_decision_case on screening_decision (case_id, decided_at desc, id desc);
  grant select, insert on screening_decision to clients_app;`;

/** An end or a beginning of a primary assignment moves the case into the queue or out of it. */
const QUEUE = `
  update case_file f set queued_since = opened_at
  where status ${open} and not exists (
    select from assignment a where a.case_id = f.id and a.role = 'PRIMARY' and a.ended_at is null);
  create index case_file_queue on case_file (queued_since, id) where queued_since is not null;

  create function keep_case_queue() returns trigger language plpgsql as $$
  declare owned boolean := exists (
    select from assignment a where a.case_id = new.case_id and a.role = 'PRIMARY' and a.ended_at is null);
  begin
    update case_file f
    set queued_since = case when owned then null else coalesce(new.ended_at, now()) end, queue_told = 0
    where f.id = new.case_id and f.status ${open} and (f.queued_since is null) <> owned;
    return null;
  end $$;
  create trigger case_queue after insert or update on assignment
    for each row when (new.role = 'PRIMARY') execute function keep_case_queue();

  create function keep_own_queue() returns trigger language plpgsql as $$
  begin
    if new.status in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR') then
      new.queued_since := null;
    elsif old.status in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR') and not exists (
      select from assignment a where a.case_id = new.id and a.role = 'PRIMARY' and a.ended_at is null) then
      new.queued_since := new.status_changed_at;
      new.queue_told := 0;
    end if;
    return new;
  end $$;
  create trigger case_queue before update of status on case_file
    for each row when (old.status <> new.status) execute function keep_own_queue();`;

/** Looked at when the transaction ends, because a case and its assignment are written one after the other. */
const GUARD = `
  create function guard_case_owner() returns trigger language plpgsql as $$
  declare
    about uuid;
    queued timestamptz;
  begin
    if tg_table_name = 'case_file' then about := new.id; else about := new.case_id; end if;
    select f.queued_since into queued from case_file f where f.id = about and f.status ${open};
    if found and (queued is null) <> exists (
      select from assignment a where a.case_id = about and a.role = 'PRIMARY' and a.ended_at is null) then
      raise exception 'An open case has one primary case manager, or it waits in the queue'
        using errcode = 'check_violation', constraint = 'case_owner';
    end if;
    return null;
  end $$;
  create constraint trigger case_owner after insert or update of status, queued_since on case_file
    deferrable initially deferred for each row execute function guard_case_owner();
  create constraint trigger case_owner after insert or update of ended_at, role, case_id on assignment
    deferrable initially deferred for each row when (new.role = 'PRIMARY') execute function guard_case_owner();`;
