import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCaseManager1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table case_manager (
        id uuid primary key,
        name text not null,
        email text,
        roles text[] not null,
        supervisor_id uuid references case_manager (id) deferrable initially deferred,
        languages text[] not null,
        specialties text[] not null,
        time_zone text,
        active boolean not null,
        version integer not null
      );
      comment on table case_manager is 'All members of staff, whatever their roles; id is the subject of the sign-in.';
      create index case_manager_supervisor on case_manager (supervisor_id);
      grant select, insert, update on case_manager to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table case_manager`);
  }
}
