import { joinMonths, partitionByMonth } from '@throughline/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Uniqueness across months: the counter of an agency gives a number of its log once; the id of an event is a new uuid; the
 * row of a delivery is locked while it counts its attempts; a repeat key belongs to one hour.
 */
export class PartitionGrowingTables1700000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // A delivery may outlive its event by its own retention.
    await queryRunner.query(`
      alter table webhook_delivery drop constraint webhook_delivery_event_id_fkey;
      alter table disclosure add column hour timestamptz;
      alter table disclosure disable trigger user;
      update disclosure set hour = date_trunc('hour', disclosed_at, 'UTC');
      alter table disclosure enable trigger user;
      alter table disclosure alter column hour set not null,
        add constraint disclosure_hour check (hour = date_trunc('hour', disclosed_at, 'UTC'));
      comment on column disclosure.hour is 'The UTC hour of the line: it says to which month the line belongs.'`);
    await partitionByMonth(queryRunner, {
      ...{ name: 'partner_event', by: 'occurred_at', keptMonths: 3, leastMonths: 2 },
      then: `
        alter table partner_event add primary key (agency_id, number, occurred_at), add unique (id, occurred_at);
        ${EVENT}`,
    });
    await partitionByMonth(queryRunner, {
      ...{ name: 'webhook_attempt', by: 'at', keptMonths: 13, leastMonths: 2 },
      then: `alter table webhook_attempt add primary key (delivery_id, attempt, at); ${ATTEMPT}`,
    });
    await partitionByMonth(queryRunner, {
      ...{ name: 'disclosure', by: 'hour', keptMonths: null, leastMonths: 72 },
      then: `
        alter table disclosure add primary key (id, hour);
        create unique index disclosure_repeat on disclosure (repeat_key, hour);
        ${LEDGER}`,
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await joinMonths(queryRunner, {
      name: 'disclosure',
      then: `
        alter table disclosure add primary key (id), drop column hour;
        create unique index disclosure_repeat on disclosure (repeat_key);
        ${LEDGER}`,
    });
    const attempts = `alter table webhook_attempt add primary key (delivery_id, attempt); ${ATTEMPT}`;
    await joinMonths(queryRunner, { name: 'webhook_attempt', then: attempts });
    await joinMonths(queryRunner, {
      name: 'partner_event',
      then: `
        alter table partner_event add primary key (agency_id, number), add unique (id);
        ${EVENT}
        -- Rows whose event was dropped stay as they are.
        alter table webhook_delivery add foreign key (event_id) references partner_event (id) not valid`,
    });
  }
}

/** Triggers of rows: PostgreSQL gives them to each partition, those of statements only to the whole table. */
const EVENT = `
  alter table partner_event add foreign key (referral_id) references referral (id);
  create trigger append_only before update or delete on partner_event
    for each row execute function deny_change();
  create trigger never_emptied before truncate on partner_event
    for each statement execute function deny_change();
  comment on table partner_event is 'The numbered log of each agency; ids and codes only.';
  grant select, insert on partner_event to referrals_app;`;

const ATTEMPT = `
  alter table webhook_attempt add foreign key (delivery_id) references webhook_delivery (id);
  create trigger append_only before update or delete on webhook_attempt
    for each row execute function deny_change();
  comment on table webhook_attempt is 'One row for each time that a delivery was tried.';
  grant select, insert on webhook_attempt to referrals_app;`;

const LEDGER = `
  alter table disclosure add foreign key (referral_id) references referral (id);
  create index disclosure_referral on disclosure (referral_id, disclosed_at);
  create trigger append_only before update or delete on disclosure
    for each row execute function keep_disclosure();
  create trigger never_emptied before truncate on disclosure
    for each statement execute function deny_change();
  comment on table disclosure is 'One line for each time that something about a person left; kept, never changed.';
  grant select, insert on disclosure to referrals_app;
  grant update (reads, last_read_at) on disclosure to referrals_app;`;
