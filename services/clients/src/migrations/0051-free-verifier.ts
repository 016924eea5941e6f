import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A program administrator may verify credentials before anybody has recorded that administrator as staff. */
export class FreeVerifier1700000000051 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table credential drop constraint credential_verified_by_fkey');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table credential add constraint credential_verified_by_fkey
        foreign key (verified_by) references case_manager (id) not valid`);
  }
}
