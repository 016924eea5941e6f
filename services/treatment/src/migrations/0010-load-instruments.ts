import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LoadInstruments1700000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table loaded_instrument (
        code text not null,
        version text not null,
        definition jsonb not null,
        accepted_by text not null check (accepted_by <> ''),
        loaded_at timestamptz not null,
        primary key (code, version)
      );
      comment on table loaded_instrument is 'Definitions that an operator loaded after accepting their terms. Scores refer to them: never changed or removed.';
      create table instrument_wording (
        code text not null,
        version text not null,
        language text not null,
        wording jsonb not null,
        accepted_by text not null check (accepted_by <> ''),
        loaded_at timestamptz not null,
        primary key (code, version, language)
      );
      comment on table instrument_wording is 'Wording of items and answers that does not come with the system; the last load counts.';
      grant select, insert on loaded_instrument to treatment_app;
      grant select, insert, update on instrument_wording to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table loaded_instrument, instrument_wording');
  }
}
