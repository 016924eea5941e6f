import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No check of the codes: a type that a newer release adds must not stop the consumer. */
export class CreateAgency1700000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table agency (
        id uuid primary key,
        agency_type text not null,
        hipaa_status text not null,
        active boolean not null
      );
      comment on table agency is 'Copy of the partner agencies, from facts of the referrals service: a consent names only known ones.';
      grant select, insert, update, delete on agency to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table agency');
  }
}
