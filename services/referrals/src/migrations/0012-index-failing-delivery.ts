import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each new delivery asks whether its receiver fails at present: that takes one look into a small index. */
export class IndexFailingDelivery1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index webhook_delivery_failing on webhook_delivery (subscription_id)
      where state = 'PENDING' and attempts > 0`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index webhook_delivery_failing');
  }
}
