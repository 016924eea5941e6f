import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads of one hour are one line of the ledger. A line grows by its count, and by nothing else. */
export class CountReads1700000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table disclosure
        add column repeat_key text,
        add column reads integer not null default 1 check (reads > 0),
        add column last_read_at timestamptz default now();
      drop trigger append_only on disclosure;
      update disclosure set last_read_at = disclosed_at;
      alter table disclosure alter column last_read_at set not null;
      create unique index disclosure_repeat on disclosure (repeat_key);
      comment on column disclosure.repeat_key is 'Equal for reads that are one line: hour, reader, version, released fields.';

      create function keep_disclosure() returns trigger language plpgsql as $$
      declare
        counted constant text[] := '{reads,last_read_at}';
      begin
        if tg_op = 'UPDATE' and to_jsonb(old) - counted = to_jsonb(new) - counted
          and old.repeat_key is not null and new.reads = old.reads + 1 then
          return new;
        end if;
        raise exception 'disclosure is append-only' using errcode = 'restrict_violation';
      end $$;
      create trigger append_only before update or delete on disclosure
        for each row execute function keep_disclosure();
      create trigger never_emptied before truncate on disclosure
        for each statement execute function deny_change();
      grant update (reads, last_read_at) on disclosure to referrals_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger append_only on disclosure;
      drop trigger never_emptied on disclosure;
      drop function keep_disclosure;
      alter table disclosure drop column repeat_key, drop column reads, drop column last_read_at;
      create trigger append_only before update or delete or truncate on disclosure
        for each statement execute function deny_change();`);
  }
}
