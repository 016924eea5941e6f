import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACHIEVEMENTS = `('IN_PROGRESS', 'IMPROVING', 'WORSENING', 'NO_CHANGE', 'ACHIEVED', 'SUSTAINING',
  'NOT_ACHIEVED', 'NOT_ATTAINABLE')`;

export class CreateCarePlan1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [CARE_PLAN, GOAL, PROGRESS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table goal_progress, goal, care_plan, need`);
  }
}

const CARE_PLAN = `
  create table need (
    id uuid primary key,
    client_id uuid not null
  );
  comment on table need is 'Local copy of whose each need is, fed by facts of the clients service.';
  grant select, insert, update on need to treatment_app;

  create table care_plan (
    id uuid primary key,
    client_id uuid not null,
    case_id uuid not null,
    status text not null check (status in ('DRAFT', 'ACTIVE', 'COMPLETED', 'SUPERSEDED')),
    opened_at timestamptz not null,
    activated_at timestamptz,
    review_on date,
    client_agreed boolean,
    decline_reason text,
    version integer not null,
    check (status <> 'ACTIVE' or (activated_at is not null and review_on is not null)),
    check (client_agreed is distinct from false or decline_reason is not null)
  );
  create unique index care_plan_one_open on care_plan (client_id) where status in ('DRAFT', 'ACTIVE');
  create index care_plan_client on care_plan (client_id, opened_at desc);
  create index care_plan_case on care_plan (case_id, opened_at desc);
  grant select, insert, update on care_plan to treatment_app;`;

const GOAL = `
  create table goal (
    id uuid primary key,
    care_plan_id uuid not null references care_plan (id),
    client_id uuid not null,
    need_id uuid,
    domain text not null check (domain in ('HEALTH', 'HOME', 'PURPOSE', 'COMMUNITY')),
    statement_in_client_words text,
    metric text,
    baseline double precision,
    target double precision,
    unit text,
    due_on date,
    lifecycle text not null check (lifecycle in ('PROPOSED', 'ACTIVE', 'COMPLETED', 'CANCELLED')),
    achievement text not null check (achievement in ${ACHIEVEMENTS}),
    added_at timestamptz not null,
    activated_at timestamptz,
    closed_at timestamptz,
    version integer not null,
    constraint goal_active_is_complete check (lifecycle not in ('ACTIVE', 'COMPLETED') or (
      coalesce(trim(statement_in_client_words), '') <> '' and coalesce(trim(metric), '') <> ''
      and target is not null and due_on is not null))
  );
  create index goal_care_plan on goal (care_plan_id, added_at);
  create index goal_need on goal (need_id, added_at) where need_id is not null;
  grant select, insert, update on goal to treatment_app;`;

const PROGRESS = `
  create table goal_progress (
    id uuid primary key,
    goal_id uuid not null references goal (id),
    value double precision not null,
    achievement text not null check (achievement in ${ACHIEVEMENTS}),
    observed_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null
  );
  create index goal_progress_goal on goal_progress (goal_id, observed_on);
  create trigger goal_progress_append_only before update or delete on goal_progress
    for each row execute function refuse_change();
  grant select, insert on goal_progress to treatment_app;`;
