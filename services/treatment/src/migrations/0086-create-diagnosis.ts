import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The database permits changes of status and rank only: code and labels of a diagnosis stay. */
export class CreateDiagnosis1700000000086 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table diagnosis (
        id uuid primary key,
        client_id uuid not null,
        code text not null check (code ~ '^[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?$'),
        code_year integer not null,
        label text not null,
        kind text not null
          check (kind in ('SUBSTANCE_USE', 'MENTAL_HEALTH', 'SELF_HARM', 'OVERDOSE', 'SOCIAL', 'HEALTH')),
        labels text[] not null check (cardinality(labels) > 0),
        basis text not null check (basis in ('DIAGNOSED', 'REPORTED')),
        reported_from text,
        status text not null
          check (status in ('PROVISIONAL', 'CONFIRMED', 'IN_REMISSION', 'RESOLVED', 'RULED_OUT', 'ENTERED_IN_ERROR')),
        is_principal boolean not null,
        onset_on date,
        ended_on date,
        reason text,
        recorded_at timestamptz not null,
        recorded_by uuid not null,
        credential text,
        version integer not null,
        check ((basis = 'DIAGNOSED') = (credential is not null)),
        check ((basis = 'REPORTED') = (reported_from is not null)),
        check ((status = 'RESOLVED') = (ended_on is not null)),
        check (ended_on >= onset_on),
        check (not is_principal or (basis = 'DIAGNOSED' and status in ('PROVISIONAL', 'CONFIRMED', 'IN_REMISSION'))),
        check (code !~ '^F1[0-9]' or 'SUD' = any(labels))
      );
      comment on table diagnosis is 'Diagnoses by their code of ICD-10-CM. What is over is recorded again, never brought back.';
      comment on column diagnosis.labels is 'Labels of sensitivity, from the code; F10 to F19 always have SUD (42 CFR Part 2).';
      create index diagnosis_client on diagnosis (client_id, is_principal desc, recorded_at desc, id desc);
      create unique index diagnosis_principal on diagnosis (client_id) where is_principal;
      create unique index diagnosis_active on diagnosis (client_id, code)
        where status in ('PROVISIONAL', 'CONFIRMED', 'IN_REMISSION');
      grant select, insert on diagnosis to treatment_app;
      grant update (status, is_principal, ended_on, reason, version) on diagnosis to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table diagnosis');
  }
}
