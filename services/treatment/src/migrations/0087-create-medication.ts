import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMedication1700000000087 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [MEDICATION, SUPPLY, SUBSTANCE]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table substance_use, medication_supply, medication');
  }
}

const MEDICATION = `
  create table medication (
    id uuid primary key,
    client_id uuid not null,
    name text not null,
    purpose text not null,
    moud text check (moud in ('BUPRENORPHINE', 'METHADONE', 'NALTREXONE')),
    labels text[] not null check (cardinality(labels) > 0),
    directions text,
    prescriber text,
    started_on date not null,
    ended_on date check (ended_on >= started_on),
    end_reason text,
    supplied_until date,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    version integer not null,
    check (moud is null or (purpose = 'OPIOID_USE_DISORDER' and 'SUD' = any(labels)))
  );
  comment on table medication is 'Medications of clients.';
  comment on column medication.moud is 'Medication for opioid use disorder, by name and purpose.';
  create index medication_client on medication (client_id, started_on desc, id desc);
  grant select, insert on medication to treatment_app;
  grant update (ended_on, end_reason, supplied_until, version) on medication to treatment_app;`;

const SUPPLY = `
  create table medication_supply (
    id uuid primary key,
    medication_id uuid not null references medication (id),
    supplied_on date not null,
    days integer not null check (days between 1 and 366),
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    unique (medication_id, supplied_on)
  );
  comment on table medication_supply is 'For how many days a medication was at hand; written once.';
  create trigger medication_supply_append_only before update or delete on medication_supply
    for each row execute function refuse_change();
  grant select, insert on medication_supply to treatment_app;`;

const SUBSTANCE = `
  create table substance_use (
    id uuid primary key,
    client_id uuid not null,
    substance text not null,
    named text,
    rank text check (rank in ('PRIMARY', 'SECONDARY', 'TERTIARY')),
    route text not null,
    frequency text not null,
    age_first_use integer check (age_first_use between 0 and 120),
    last_used_on date,
    recorded_at timestamptz not null,
    recorded_by uuid not null
  );
  comment on table substance_use is 'Use of substances as clients told it; written once, the latest of a substance counts.';
  create index substance_use_client on substance_use (client_id, recorded_at desc, id desc);
  create trigger substance_use_append_only before update or delete on substance_use
    for each row execute function refuse_change();
  grant select, insert on substance_use to treatment_app;`;
