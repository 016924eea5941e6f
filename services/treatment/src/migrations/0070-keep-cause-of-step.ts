import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A step that joins an equal open one keeps its own cause, and is open when that one is closed for another cause. */
export class KeepCauseOfStep1700000000070 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table next_step drop constraint next_step_status_check, drop constraint next_step_check;
      alter table next_step
        add constraint next_step_status_check check (status in ('OPEN', 'JOINED', 'DONE', 'NOT_NEEDED')),
        add constraint next_step_closed check ((status in ('OPEN', 'JOINED')) = (closed_at is null));
      create index next_step_joined on next_step (client_id) where status = 'JOINED';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index next_step_joined;
      update next_step set status = 'NOT_NEEDED', closed_at = now() where status = 'JOINED';
      alter table next_step drop constraint next_step_status_check, drop constraint next_step_closed;
      alter table next_step
        add constraint next_step_status_check check (status in ('OPEN', 'DONE', 'NOT_NEEDED')),
        add constraint next_step_check check ((status = 'OPEN') = (closed_at is null));`);
  }
}
