import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LoadCodes1700000000085 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table loaded_code_list (
        year integer not null check (year between 2016 and 2100),
        release text not null,
        valid_from date not null unique,
        code_count integer not null check (code_count > 0),
        source text not null,
        licence text not null,
        content bytea not null,
        loaded_at timestamptz not null,
        primary key (year, release)
      );
      comment on table loaded_code_list is 'Lists of ICD-10-CM that an operator loaded. Diagnoses refer to them: never changed or removed.';
      comment on column loaded_code_list.content is 'Lines of code, 1 or 0 (heading) and label, compressed.';
      grant select, insert on loaded_code_list to treatment_app;
      create table held_credential (
        id uuid primary key,
        staff_id uuid not null,
        type_code text not null,
        valid_until date,
        counts boolean not null
      );
      comment on table held_credential is 'Copy of credentials of staff: who may diagnose and sign.';
      create index held_credential_staff on held_credential (staff_id);
      grant select, insert, update, delete on held_credential to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table held_credential, loaded_code_list');
  }
}
