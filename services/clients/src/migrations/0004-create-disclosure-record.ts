import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDisclosureRecord1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table disclosure_record (
        id uuid primary key,
        client_id uuid not null references client (id),
        sequence integer not null,
        agency_id uuid not null,
        referral_id uuid,
        disclosed_at timestamptz not null,
        labels text[] not null,
        fields text[] not null,
        purpose text not null,
        basis text not null,
        consent_ids uuid[] not null,
        notice_version text,
        channel text not null,
        actor_kind text not null,
        actor_id text not null,
        recorded_at timestamptz not null,
        prev_hash text not null,
        hash text not null,
        unique (client_id, sequence)
      );
      comment on table disclosure_record is
        'Accounting of disclosures of each client (42 CFR 2.25, 45 CFR 164.528): a chain of hashes, kept 6 years or longer.';
      create index disclosure_record_time on disclosure_record (client_id, disclosed_at, id);

      create function keep_ledger() returns trigger language plpgsql as $$
      begin
        raise exception 'the ledger only grows';
      end $$;
      create trigger keep_ledger before update or delete or truncate on disclosure_record
        for each statement execute function keep_ledger();
      grant select, insert on disclosure_record to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table disclosure_record; drop function keep_ledger;`);
  }
}
