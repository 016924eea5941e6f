import { joinMonths, partitionByMonth } from '@throughline/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The id of an entry is the id of its fact, and a fact has one time: (id, occurred_at) is as unique as the id. */
export class PartitionTimeline1700000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await partitionByMonth(queryRunner, {
      ...{ name: 'timeline_entry', by: 'occurred_at', keptMonths: null, leastMonths: 72 },
      then: `alter table timeline_entry add primary key (id, occurred_at); ${ALIKE}`,
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const then = `alter table timeline_entry add primary key (id); ${ALIKE}`;
    await joinMonths(queryRunner, { name: 'timeline_entry', then });
  }
}

const ALIKE = `
  comment on table timeline_entry is 'One row a fact about a client, of all services; ids, codes and times only.';
  create index timeline_entry_client on timeline_entry (client_id, occurred_at, sequence, id);
  create trigger timeline_entry_append_only before update or delete on timeline_entry
    for each row execute function refuse_change();
  grant select, insert on timeline_entry to treatment_app;`;
