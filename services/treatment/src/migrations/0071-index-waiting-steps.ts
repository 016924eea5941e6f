import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To close a step reads the open step and the steps behind it: one index for both. */
export class IndexWaitingSteps1700000000071 implements MigrationInterface {
  readonly contracts = 'Few steps wait at a time, so the index on them is built within milliseconds.';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index next_step_joined;
      create index next_step_waiting on next_step (client_id) where status in ('OPEN', 'JOINED');`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index next_step_waiting;
      create index next_step_joined on next_step (client_id) where status = 'JOINED';`);
  }
}
