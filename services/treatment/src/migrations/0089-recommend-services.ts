import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecommendServices1700000000089 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [RECOMMENDATION, SUPPORT]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table support_entry, treatment_recommendation');
  }
}

const RECOMMENDATION = `
  create table treatment_recommendation (
    id uuid primary key,
    client_id uuid not null,
    need_id uuid,
    loc_assessment_id uuid references loc_assessment (id),
    level_of_care text,
    asam_edition integer,
    options jsonb not null check (jsonb_array_length(options) between 1 and 20),
    note text,
    status text not null check (status in ('OPEN', 'CHOSEN', 'NONE_CHOSEN')),
    chosen_service_id uuid,
    declined jsonb not null,
    decided_at timestamptz,
    decided_by uuid,
    recommended_at timestamptz not null,
    recommended_by uuid not null,
    version integer not null,
    check ((status = 'CHOSEN') = (chosen_service_id is not null)),
    check ((status = 'OPEN') = (decided_at is null)),
    check ((decided_at is null) = (decided_by is null))
  );
  comment on table treatment_recommendation is 'Services that were recommended to clients, and what the clients chose.';
  create index treatment_recommendation_client on treatment_recommendation (client_id, recommended_at desc, id desc);
  grant select, insert on treatment_recommendation to treatment_app;
  grant update (status, chosen_service_id, declined, decided_at, decided_by, version)
    on treatment_recommendation to treatment_app;`;

const SUPPORT = `
  create table support_entry (
    id uuid primary key,
    client_id uuid not null,
    item text not null,
    state text not null check (state in ('IN_PLACE', 'NEEDED', 'IN_PROGRESS', 'NOT_WANTED')),
    next_step text,
    next_step_on date,
    note text,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    check (state <> 'IN_PROGRESS' or next_step is not null),
    check (next_step_on is null or next_step is not null)
  );
  comment on table support_entry is 'What clients said about the support checklist; written once, the latest of an item counts.';
  create index support_entry_client on support_entry (client_id, item, recorded_at desc, id desc);
  create trigger support_entry_append_only before update or delete on support_entry
    for each row execute function refuse_change();
  grant select, insert on support_entry to treatment_app;`;
