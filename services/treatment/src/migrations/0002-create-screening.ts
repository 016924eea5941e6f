import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateScreening1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table screening (
        id uuid primary key,
        client_id uuid not null,
        instrument text not null,
        instrument_version text not null,
        answers jsonb not null,
        total integer check (total >= 0),
        band text,
        positive boolean,
        prorated boolean not null,
        missing_items integer[] not null,
        flags text[] not null,
        mode text not null check (mode in ('SELF', 'INTERVIEW', 'PROXY')),
        language text not null,
        client_age integer not null check (client_age between 0 and 130),
        administered_on date not null,
        administered_by uuid not null,
        signed_at timestamptz not null,
        supersedes uuid unique references screening (id),
        check ((total is null) = (band is null) and (total is null) = (positive is null))
      );
      comment on table screening is 'Signed, so never changed: a correction is a new row that supersedes the old one.';
      comment on column screening.client_age is 'Whole years, as stated by the author: why the tool was permitted.';
      create index screening_client on screening (client_id, administered_on desc, id desc);

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;
      create trigger screening_append_only before update or delete on screening
        for each row execute function refuse_change();
      grant select, insert on screening to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table screening; drop function refuse_change`);
  }
}
