import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlanTemplate1700000000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table plan_template (
        id uuid primary key,
        program text not null check (program <> ''),
        name text not null check (name <> ''),
        goals jsonb not null check (jsonb_array_length(goals) between 1 and 20),
        status text not null check (status in ('ACTIVE', 'RETIRED')),
        changed_at timestamptz not null,
        changed_by uuid not null,
        version integer not null
      );
      comment on table plan_template is 'Goals and interventions that a program often begins a care plan with.';
      create unique index plan_template_name on plan_template (program, name) where status = 'ACTIVE';
      grant select, insert, update on plan_template to treatment_app;
      create table plan_template_use (
        care_plan_id uuid not null references care_plan (id),
        template_id uuid not null references plan_template (id),
        template_version integer not null,
        used_at timestamptz not null,
        used_by uuid not null,
        primary key (care_plan_id, template_id)
      );
      comment on table plan_template_use is 'Which template was copied into which plan; once each.';
      create trigger plan_template_use_append_only before update or delete on plan_template_use
        for each row execute function refuse_change();
      grant select, insert on plan_template_use to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table plan_template_use, plan_template');
  }
}
