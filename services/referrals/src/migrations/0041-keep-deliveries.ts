import { joinMonths, partitionByMonth } from '@throughline/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Deliveries are kept as long as their attempts. Uniqueness across months: the id of a delivery is a new uuid. An attempt
 * may outlive its delivery by its own retention.
 */
export class KeepDeliveries1700000000041 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table webhook_attempt drop constraint webhook_attempt_delivery_id_fkey');
    await partitionByMonth(queryRunner, {
      ...{ name: 'webhook_delivery', by: 'created_at', keptMonths: 13, leastMonths: 2 },
      then: `alter table webhook_delivery add primary key (id, created_at); ${DELIVERY}`,
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await joinMonths(queryRunner, {
      name: 'webhook_delivery',
      then: `
        alter table webhook_delivery add primary key (id); ${DELIVERY}
        -- Attempts whose delivery was dropped stay as they are; a partitioned table takes no reference "not valid".
        delete from webhook_attempt a where not exists (select from webhook_delivery d where d.id = a.delivery_id);
        alter table webhook_attempt add foreign key (delivery_id) references webhook_delivery (id);`,
    });
  }
}

const DELIVERY = `
  alter table webhook_delivery add foreign key (subscription_id) references webhook_subscription (id);
  create index webhook_delivery_line on webhook_delivery (subscription_id, referral_id, event_number);
  create index webhook_delivery_agency on webhook_delivery (agency_id, event_number desc);
  create index webhook_delivery_failing on webhook_delivery (subscription_id)
    where state = 'PENDING' and attempts > 0;
  comment on table webhook_delivery is 'What is sent, or was sent, to the receiver of a subscription.';
  grant select, insert, update on webhook_delivery to referrals_app;`;
