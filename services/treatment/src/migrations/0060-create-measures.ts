import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMeasures1700000000060 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table measure_fact (
        id uuid primary key,
        owner_id uuid not null,
        type text not null,
        at timestamptz not null,
        sequence integer not null,
        subject_id uuid,
        group_id uuid,
        staff_id uuid,
        code text,
        told_at timestamptz,
        yes boolean
      );
      comment on table measure_fact is 'Copy of facts that measures are counted from: ids, codes and times.';
      create index measure_fact_owner on measure_fact (owner_id);
      create table measure_client (
        client_id uuid primary key,
        age_group text,
        language text,
        populations text[] not null default '{}',
        sex text,
        races text[] not null default '{}',
        ethnicity text
      );
      comment on table measure_client is 'Groups by which figures are broken down, as the clients service told them last.';
      create table measure_case (
        measure text not null,
        spec text not null,
        key text not null,
        owner_id uuid not null,
        client_id uuid,
        staff_id uuid,
        team_id uuid,
        program text,
        subject_type text not null,
        subject_id uuid not null,
        starts_on date not null,
        ends_on date check (ends_on >= starts_on),
        counts_from date not null,
        met boolean not null,
        excluded_for text,
        value double precision,
        level text,
        primary key (measure, spec, key)
      );
      comment on table measure_case is 'Rows behind the figures, counted again from facts and records whenever one of their owner comes.';
      create index measure_case_owner on measure_case (owner_id);
      create index measure_case_period on measure_case (measure, spec, starts_on);
      create index measure_case_staff on measure_case (staff_id, measure, spec, starts_on);
      grant select, insert, update, delete on measure_fact, measure_client, measure_case to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table measure_case, measure_client, measure_fact');
  }
}
