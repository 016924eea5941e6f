import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The release before writes entries without labels while both run. */
export class KeepDefaultLabels1700000000091 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table timeline_entry alter column labels set default '{}'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table timeline_entry alter column labels drop default');
  }
}
