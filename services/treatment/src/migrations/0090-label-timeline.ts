import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries of before have no labels until somebody rebuilds the projection `timeline`. */
export class LabelTimeline1700000000090 implements MigrationInterface {
  readonly contracts = 'There are a few crises a day, so the index on them is built within milliseconds.';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table timeline_entry add column labels text[] not null default '{}', add column received_in bigint;
      alter table timeline_entry alter column labels drop default;
      comment on column timeline_entry.labels is 'Sensitivity labels that the entry has by its subject.';
      comment on column timeline_entry.received_in is 'Transaction in which this service heard of it: which looks came before.';

      create table look (
        id uuid primary key,
        staff_id uuid not null,
        client_id uuid not null,
        looked_at timestamptz not null,
        seen text not null,
        unique (staff_id, client_id)
      );
      comment on table look is 'When each member of staff last looked at the timeline of a client, and which transactions that look could see.';
      grant select, insert, update on look to treatment_app;

      create index crisis_alert_unacknowledged on crisis_alert (acknowledge_by) where level = 1 and state = 'OPEN';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index crisis_alert_unacknowledged;
      drop table look;
      alter table timeline_entry drop column labels, drop column received_in;`);
  }
}
