import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateClientAge1700000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table client_age (
        client_id uuid not null,
        known_at timestamptz not null,
        age_group text not null,
        primary key (client_id, known_at)
      );
      comment on table client_age is 'Copy: age groups of clients, from the facts of the clients service.';
      grant select, insert, update, delete on client_age to treatment_app;

      alter table screening add column age_group text;
      alter table screening disable trigger screening_append_only;
      update screening set age_group = case
        when client_age < 6 then 'AGE_0_5' when client_age < 11 then 'AGE_6_10'
        when client_age = 11 then 'AGE_11' when client_age = 12 then 'AGE_12'
        when client_age < 18 then 'AGE_13_17' when client_age < 65 then 'AGE_18_64' else 'AGE_65_PLUS' end;
      alter table screening enable trigger screening_append_only;
      alter table screening alter column age_group set not null, alter column client_age drop not null;
      comment on column screening.client_age is 'Of the release before age groups. The next release drops it.';
      comment on column screening.age_group is 'Age group of the client as it was known: why the instrument was permitted.';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table screening disable trigger screening_append_only;
      update screening set client_age = 18 where client_age is null;
      alter table screening enable trigger screening_append_only;
      alter table screening alter column client_age set not null, drop column age_group;
      drop table client_age;`);
  }
}
