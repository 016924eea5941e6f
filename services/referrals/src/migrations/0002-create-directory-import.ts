import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports with their staged rows and problem lines: what makes a dry run, a report and a resume possible. */
export class CreateDirectoryImport1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [IMPORT, ROW, PROBLEM, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table directory_import_problem, directory_import_row, directory_import');
  }
}

const IMPORT = `
  create table directory_import (
    id uuid primary key,
    source text not null,
    folder text not null,
    state text not null default 'STAGING' check (state in ('STAGING', 'PLANNED', 'APPLIED', 'DISCARDED')),
    files jsonb not null default '[]',
    created_at timestamptz not null,
    created_by text not null,
    applied_at timestamptz,
    applied_by text,
    report jsonb
  );
  comment on column directory_import.files is
    'One {name, hash, rows, staged} a file; a staged file is not read again when a broken import goes on.';`;

const ROW = `
  create table directory_import_row (
    import_id uuid not null references directory_import (id) on delete cascade,
    seq bigint generated always as identity,
    file text not null,
    line integer not null,
    entity text not null,
    id uuid not null,
    source_id text,
    data jsonb not null,
    refs jsonb not null default '{}',
    dropped jsonb not null default '{}',
    initial jsonb not null default '{}',
    view boolean not null default false,
    outcome text check (outcome in ('CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'REFUSED')),
    primary key (import_id, seq)
  );
  comment on column directory_import_row.refs is 'Ids as the source writes them, for the report.';
  comment on column directory_import_row.dropped is 'References taken out of data, because they lead nowhere today.';
  comment on column directory_import_row.initial is 'Guesses: used when the row is created, never to change it.';
  comment on column directory_import_row.view is 'Read out of another record (JSON), so it may be shown many times.';
  create index directory_import_row_id on directory_import_row (import_id, entity, id);
  create index directory_import_row_file on directory_import_row (import_id, file);`;

const PROBLEM = `
  create table directory_import_problem (
    import_id uuid not null references directory_import (id) on delete cascade,
    seq bigint generated always as identity,
    stage text not null check (stage in ('READING', 'PLANNING')),
    severity text not null check (severity in ('WARNING', 'SKIPPED', 'REFUSED')),
    file text not null,
    line integer not null,
    field text,
    code text not null,
    message text not null,
    primary key (import_id, seq)
  );`;

const GRANTS = `
  grant select, insert, update on directory_import to referrals_app;
  grant select, insert, update, delete on directory_import_row, directory_import_problem to referrals_app`;
