import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWork1700000000031 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [ADVICE, GUIDANCE, ADVOCACY]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table advice, guidance_activity, advocacy_action');
  }
}

const ADVICE = `
  create table advice (
    id uuid primary key,
    client_id uuid not null,
    goal_id uuid references goal (id),
    topic text not null,
    situation text not null,
    advised text,
    sources text[] not null,
    scope text not null check (scope in ('WITHIN_SCOPE', 'ESCALATED_TO_CLINICIAN')),
    clinician_id uuid,
    answer text,
    answered_at timestamptz,
    teach_back text,
    understood boolean,
    follow_up_on date,
    follow_up_result text,
    given_at timestamptz not null,
    given_by uuid not null,
    version integer not null,
    check ((scope = 'WITHIN_SCOPE') = (clinician_id is null)),
    check (advised is not null or clinician_id is not null),
    check ((answer is null) = (answered_at is null)),
    check ((teach_back is null) = (understood is null))
  );
  comment on table advice is 'Advice for clients, and questions to clinicians that came from it.';
  create index advice_client on advice (client_id, given_at desc, id desc);
  create index advice_clinician on advice (clinician_id, given_at) where answered_at is null;
  grant select, insert on advice to treatment_app;
  grant update (answer, answered_at, teach_back, understood, follow_up_on, follow_up_result, version)
    on advice to treatment_app;`;

const GUIDANCE = `
  create table guidance_activity (
    id uuid primary key,
    client_id uuid not null,
    goal_id uuid references goal (id),
    kind text not null check (kind in ('ACCOMPANY', 'FORMS', 'TRANSPORT', 'COACHING')),
    what text not null,
    with_whom text,
    minutes integer not null check (minutes between 1 and 1440),
    result text not null,
    done_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null
  );
  comment on table guidance_activity is 'What was done together with clients; written once.';
  create index guidance_activity_client on guidance_activity (client_id, recorded_at desc, id desc);
  create trigger guidance_activity_append_only before update or delete on guidance_activity
    for each row execute function refuse_change();
  grant select, insert on guidance_activity to treatment_app;`;

const ADVOCACY = `
  create table advocacy_action (
    id uuid primary key,
    client_id uuid not null,
    goal_id uuid references goal (id),
    kind text not null check (kind in ('BENEFIT_APPEAL', 'INSURANCE_APPEAL', 'GRIEVANCE', 'MEDIATION',
      'COURT_SUPPORT', 'HOUSING', 'EMPLOYER_SCHOOL', 'LETTER')),
    counterparty text not null,
    ask text not null,
    deadline date,
    status text not null check (status in ('OPEN', 'GRANTED', 'PARTLY_GRANTED', 'REFUSED', 'WITHDRAWN')),
    result text,
    appeal_of_id uuid unique references advocacy_action (id),
    opened_at timestamptz not null,
    opened_by uuid not null,
    resolved_at timestamptz,
    version integer not null,
    check ((status = 'OPEN') = (resolved_at is null)),
    check ((status = 'OPEN') = (result is null))
  );
  comment on table advocacy_action is 'What was asked of others for clients, and what they answered.';
  create index advocacy_action_client on advocacy_action (client_id, opened_at desc, id desc);
  grant select, insert on advocacy_action to treatment_app;
  grant update (status, result, resolved_at, version) on advocacy_action to treatment_app;`;
