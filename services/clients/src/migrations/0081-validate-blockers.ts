import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The check of 0080, for the rows of before it: while they are read, everybody may write. */
export class ValidateBlockers1700000000081 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table case_blocker validate constraint case_blocker_kind_check');
  }

  async down(): Promise<void> {
    // A check that holds for all rows holds for those of before, too.
  }
}
