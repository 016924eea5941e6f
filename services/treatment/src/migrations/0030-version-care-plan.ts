import type { MigrationInterface, QueryRunner } from 'typeorm';

export class VersionCarePlan1700000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [PLAN, VERSION, REVIEW, GOAL, STEPS, NEED]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table care_plan_version, care_plan_review, milestone, intervention;
      drop index need_client;
      alter table need drop column category, drop column status, drop column recorded_at;
      alter table goal drop column last_worked_at;
      alter table care_plan drop column closed_at, drop column closing_note, drop column supersedes_id,
        drop column review_cause`);
  }
}

const PLAN = `
  alter table care_plan
    add column closed_at timestamptz,
    add column closing_note text,
    add column supersedes_id uuid references care_plan (id),
    add column review_cause text not null default 'SCHEDULED'
      check (review_cause in ('SCHEDULED', 'TIER', 'CRISIS', 'LEVEL_OF_CARE'));
  comment on column care_plan.review_cause is 'Why the next review is due on review_on.';`;

const VERSION = `
  create table care_plan_version (
    id uuid primary key,
    care_plan_id uuid not null references care_plan (id),
    client_id uuid not null,
    number integer not null check (number > 0),
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    content jsonb not null,
    effective_from date not null,
    client_agreed boolean not null,
    decline_reason text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    unique (care_plan_id, number),
    check (client_agreed or decline_reason is not null)
  );
  comment on table care_plan_version is
    'What the client was asked to agree to, word by word, and the answer. Written once; the hash is of the content.';
  create trigger care_plan_version_append_only before update or delete on care_plan_version
    for each row execute function refuse_change();
  grant select, insert on care_plan_version to treatment_app;`;

const REVIEW = `
  create table care_plan_review (
    id uuid primary key,
    care_plan_id uuid not null references care_plan (id),
    cause text not null check (cause in ('SCHEDULED', 'TIER', 'CRISIS', 'LEVEL_OF_CARE')),
    due_on date not null,
    summary text not null,
    reviewed_at timestamptz not null,
    reviewed_by uuid not null
  );
  comment on table care_plan_review is 'Reviews of plans; written once.';
  create index care_plan_review_plan on care_plan_review (care_plan_id, reviewed_at);
  create trigger care_plan_review_append_only before update or delete on care_plan_review
    for each row execute function refuse_change();
  grant select, insert on care_plan_review to treatment_app;`;

const GOAL = `
  alter table goal
    add column last_worked_at timestamptz,
    drop constraint goal_lifecycle_check,
    drop constraint goal_achievement_check,
    drop constraint goal_active_is_complete,
    add constraint goal_lifecycle_check check (lifecycle in
      ('PROPOSED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED', 'REJECTED')),
    add constraint goal_achievement_check check (achievement in ('IN_PROGRESS', 'IMPROVING', 'WORSENING',
      'NO_CHANGE', 'NO_PROGRESS', 'ACHIEVED', 'SUSTAINING', 'NOT_ACHIEVED', 'NOT_ATTAINABLE')),
    add constraint goal_active_is_complete check (lifecycle not in ('ACTIVE', 'ON_HOLD', 'COMPLETED') or (
      coalesce(trim(statement_in_client_words), '') <> '' and coalesce(trim(metric), '') <> ''
      and target is not null and due_on is not null));
  alter table goal_progress
    drop constraint goal_progress_achievement_check,
    add constraint goal_progress_achievement_check check (achievement in ('IN_PROGRESS', 'IMPROVING', 'WORSENING',
      'NO_CHANGE', 'NO_PROGRESS', 'ACHIEVED', 'SUSTAINING', 'NOT_ACHIEVED', 'NOT_ATTAINABLE'));
  create index goal_client on goal (client_id, lifecycle);
  comment on column goal.last_worked_at is 'When somebody last did something for the goal; null: never.';`;

const STEPS = `
  create table milestone (
    id uuid primary key,
    goal_id uuid not null references goal (id),
    client_id uuid not null,
    title text not null,
    due_on date,
    achieved_on date,
    evidence text,
    added_at timestamptz not null,
    version integer not null,
    check (achieved_on is not null or evidence is null)
  );
  comment on table milestone is 'Steps on the way to a goal.';
  create index milestone_goal on milestone (goal_id, added_at);
  grant select, insert, update on milestone to treatment_app;

  create table intervention (
    id uuid primary key,
    goal_id uuid not null references goal (id),
    client_id uuid not null,
    type text not null check (type in ('REFERRAL', 'ADVICE', 'ADVOCACY', 'GUIDANCE', 'EDUCATION', 'MOUD', 'THERAPY',
      'PEER', 'MONITORING')),
    what text not null,
    owner_id uuid not null,
    rhythm text not null check (rhythm in ('ONCE', 'DAILY', 'WEEKLY', 'EVERY_TWO_WEEKS', 'MONTHLY', 'AS_NEEDED')),
    status text not null check (status in ('ACTIVE', 'COMPLETED', 'STOPPED')),
    done_count integer not null default 0,
    last_done_on date,
    added_at timestamptz not null,
    closed_at timestamptz,
    version integer not null,
    check ((status = 'ACTIVE') = (closed_at is null))
  );
  comment on table intervention is 'What somebody does for a goal, and how often.';
  create index intervention_goal on intervention (goal_id, added_at);
  grant select, insert, update on intervention to treatment_app;`;

const NEED = `
  alter table need
    add column category text,
    add column status text not null default 'OPEN',
    add column recorded_at timestamptz;
  create index need_client on need (client_id);
  comment on column need.category is 'Null in copies of before; the projection can be rebuilt.';`;
