import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the unread lines of a code about one client, without a lock on the inbox while it is built. */
export class IndexLines1700000000152 implements MigrationInterface {
  readonly name = 'IndexLines1700000000152';
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index concurrently if exists notification_line');
    await queryRunner.query(`
      create index concurrently notification_line
        on notification (recipient_id, code, (coalesce(client_id, subject_id)))
        where read_at is null and acknowledged_at is null and escalation_id is null`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index notification_line');
  }
}
