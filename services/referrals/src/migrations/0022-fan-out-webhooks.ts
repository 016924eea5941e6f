import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the events of each agency have been made into deliveries, and the last test of each subscription. */
export class FanOutWebhooks1700000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table webhook_fan_out (
        agency_id uuid primary key,
        last_number bigint not null
      );
      comment on column webhook_fan_out.last_number is 'Number of the last event of which deliveries were made.';
      insert into webhook_fan_out select agency_id, last_number from partner_event_counter;
      grant select, insert, update on webhook_fan_out to referrals_app;
      alter table webhook_subscription add column tested_at timestamptz`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table webhook_subscription drop column tested_at; drop table webhook_fan_out',
    );
  }
}
