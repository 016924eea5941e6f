import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Matching counts what came out of the earlier referrals of each service. */
export class IndexReferralService1700000000024 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create index referral_service on referral (service_id, status)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index referral_service');
  }
}
