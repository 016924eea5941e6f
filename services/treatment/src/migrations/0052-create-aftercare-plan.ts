import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAftercarePlan1700000000052 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table aftercare_plan (
        id uuid primary key,
        client_id uuid not null,
        episode_id uuid not null references episode,
        status text not null check (status in ('DRAFT', 'CLIENT_REVIEWED', 'ACTIVE', 'SUPERSEDED')),
        leaves_on date not null,
        sections jsonb not null,
        opened_at timestamptz not null,
        reviewed_at timestamptz,
        copy_given boolean not null,
        copy_declined_reason text,
        activated_at timestamptz,
        activated_by uuid,
        version integer not null,
        check ((status = 'DRAFT') = (reviewed_at is null)),
        check (status = 'DRAFT' or copy_given or copy_declined_reason is not null),
        check ((status in ('ACTIVE', 'SUPERSEDED')) = (activated_at is not null and activated_by is not null))
      );
      comment on table aftercare_plan is 'Plans for the time after treatment; one that is in force does not change any more.';
      create unique index aftercare_plan_one_draft on aftercare_plan (episode_id)
        where status in ('DRAFT', 'CLIENT_REVIEWED');
      create unique index aftercare_plan_one_active on aftercare_plan (episode_id) where status = 'ACTIVE';
      create index aftercare_plan_episode on aftercare_plan (episode_id, opened_at);
      alter table stay add column without_plan_reason text;
      comment on column stay.without_plan_reason is 'Why the client left without a plan for the time after.';
      grant select, insert on aftercare_plan to treatment_app;
      grant update (status, sections, reviewed_at, copy_given, copy_declined_reason, activated_at, activated_by, version)
        on aftercare_plan to treatment_app;
      grant update (without_plan_reason) on stay to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table stay drop column without_plan_reason; drop table aftercare_plan');
  }
}
