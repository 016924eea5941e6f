import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PlanOnCall1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table on_call (
        id uuid primary key,
        staff_id uuid not null,
        begins_at timestamptz not null,
        ends_at timestamptz not null check (ends_at > begins_at),
        planned_by uuid not null
      );
      comment on table on_call is 'Times in which pages of a crisis reach a clinician.';
      create index on_call_staff on on_call (staff_id, ends_at);
      create index on_call_end on on_call (ends_at);
      create index escalation_subject on escalation (subject_id) where acknowledged_at is null;
      do $$ begin
        execute 'grant select, insert on on_call to ' || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table on_call; drop index escalation_subject');
  }
}
