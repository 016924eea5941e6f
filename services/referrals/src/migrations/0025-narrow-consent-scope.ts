import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The copy of a consent loses what no rule reads. Each of these columns says something about health. */
export class NarrowConsentScope1700000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table consent_scope drop column kind, drop column categories, drop column expires_on',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table consent_scope
        add column kind text not null default 'PART2_TPO',
        add column categories text[] not null default '{}',
        add column expires_on date;
      alter table consent_scope alter column kind drop default, alter column categories drop default;`);
  }
}
