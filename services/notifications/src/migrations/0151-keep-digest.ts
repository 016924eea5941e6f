import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines of the inbox that count, and the digest of a morning. */
export class KeepDigest1700000000151 implements MigrationInterface {
  readonly name = 'KeepDigest1700000000151';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table notification add column times integer not null default 1, add column latest_at timestamptz;
      comment on column notification.times is 'How many facts the line stands for.';
      comment on column notification.latest_at is 'When the latest of them came; null in a line of before, which stands for one.';
      create table digest (
        id uuid primary key,
        staff_id uuid not null,
        day date not null,
        unread integer not null check (unread > 0),
        to_acknowledge integer not null check (to_acknowledge between 0 and unread),
        lines jsonb not null,
        written_at timestamptz not null,
        unique (staff_id, day)
      );
      comment on table digest is 'What waited for a person at 08:30 of a day of theirs: codes and counts, no client.';
      do $$
      declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      begin
        execute 'grant select, insert on digest to ' || app;
        execute 'grant update (times, latest_at) on notification to ' || app;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'drop table digest; alter table notification drop column times, drop column latest_at',
    );
  }
}
