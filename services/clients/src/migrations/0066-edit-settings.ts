import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrators edit types of credentials and program models: each has an id and a version, and new limits move the bands. */
export class EditSettings1700000000066 implements MigrationInterface {
  readonly contracts =
    'Types of credentials and program models are a few dozen rows, and case managers a few hundred: both are written within milliseconds.';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table credential_type add column id uuid not null default gen_random_uuid() unique,
        add column version integer not null default 1;
      alter table caseload_limit add column id uuid not null default gen_random_uuid() unique,
        add column version integer not null default 1;
      alter table credential_type alter column id drop default, alter column version drop default;
      alter table caseload_limit alter column id drop default, alter column version drop default;
      grant insert, update on credential_type, caseload_limit to clients_app;

      create function await_caseload_of_limit() returns trigger language plpgsql as $$
      begin
        perform await_caseload(id) from case_manager where program_code = new.code and active;
        return null;
      end $$;
      create trigger caseload_of_limit after update of points, heads on caseload_limit
        for each row when ((old.points, old.heads) is distinct from (new.points, new.heads))
        execute function await_caseload_of_limit();
      create index case_manager_program on case_manager (program_code) where active;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index case_manager_program;
      drop trigger caseload_of_limit on caseload_limit;
      drop function await_caseload_of_limit;
      revoke insert, update on credential_type, caseload_limit from clients_app;
      alter table caseload_limit drop column id, drop column version;
      alter table credential_type drop column id, drop column version;`);
  }
}
