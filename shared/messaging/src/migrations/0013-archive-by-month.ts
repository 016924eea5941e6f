import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth } from './partition-by-month.ts';

/**
 * `outbox_key` counts the facts of a key and never counts back, so a number is used once; with the time in the key of the
 * table this stays true.
 */
export class ArchiveByMonth1700000013000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await partitionByMonth(queryRunner, {
      ...{ name: 'outbox_archive', by: 'occurred_at', keptMonths: null, leastMonths: 3 },
      then: `alter table outbox_archive add primary key (topic, key, key_sequence, occurred_at); ${ALIKE}`,
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const then = `alter table outbox_archive add primary key (topic, key, key_sequence); ${ALIKE}`;
    await joinMonths(queryRunner, { name: 'outbox_archive', then });
  }
}

const ALIKE = `
  comment on table outbox_archive is
    'Facts that were sent more than 7 days ago, word for word, for as long as monthly_table says. With outbox: every fact of this service.';
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select on outbox_archive to ' || app;
  end $$`;
