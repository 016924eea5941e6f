import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The foreign key goes, because checking it would lock the row of the client for each line of the ledger. */
export class CountDisclosureReads1700000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table disclosure_record drop constraint disclosure_record_client_id_fkey;
      create table disclosure_reads (
        disclosure_id uuid primary key,
        reads integer not null check (reads > 1),
        last_read_at timestamptz not null
      );
      comment on table disclosure_reads is 'Lines of the ledger that were read again within their hour: count and last time.';
      create trigger keep_ledger before update or delete or truncate on disclosure_reads
        for each statement execute function keep_ledger();
      grant select, insert on disclosure_reads to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table disclosure_reads;
      alter table disclosure_record add foreign key (client_id) references client (id);`);
  }
}
