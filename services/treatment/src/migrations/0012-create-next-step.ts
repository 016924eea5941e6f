import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNextStep1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table next_step (
        id uuid primary key,
        client_id uuid not null,
        what text not null,
        why text not null,
        source_type text not null,
        source_id uuid not null,
        owner_role text not null,
        owner_id uuid,
        need_category text,
        due_at timestamptz not null,
        created_at timestamptz not null,
        status text not null check (status in ('OPEN', 'DONE', 'NOT_NEEDED')),
        closed_at timestamptz,
        closed_by uuid,
        note text,
        version integer not null,
        check ((status = 'OPEN') = (closed_at is null)),
        check ((what = 'RECORD_NEED') = (need_category is not null))
      );
      comment on table next_step is 'Tasks that a result set off; a closed one is never removed.';
      comment on column next_step.closed_by is 'Null when a fact closed it.';
      create unique index next_step_open on next_step (client_id, what, coalesce(need_category, ''))
        where status = 'OPEN';
      create index next_step_owner on next_step (owner_id, due_at) where status = 'OPEN';
      grant select, insert on next_step to treatment_app;
      grant update (due_at, status, closed_at, closed_by, note, owner_id, version) on next_step to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table next_step');
  }
}
