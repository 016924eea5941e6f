import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, LessThan, MoreThan, type DataSource } from 'typeorm';
import { grouped } from '../../referral/referral/referral.loaders.ts';
import { ReferralEntity } from '../../referral/referral/referral.entity.ts';
import { isTombstone, tombstoneType, type PartnerEvent } from '../../referral/partner-event/partner-event.ts';
import { PartnerEventEntity } from '../../referral/partner-event/partner-event.entity.ts';
import type { WebhookAttempt, WebhookDelivery } from './webhook.ts';
import { WebhookAttemptEntity, WebhookDeliveryEntity } from './webhook.entity.ts';

const feed = 'partner events';

/** An agency's log, oldest first. */
export async function listEvents(
  db: DataSource,
  agencyId: string,
  args: PageArgs,
): Promise<Connection<PartnerEvent>> {
  const page = readPage(args, feed);
  const rows = await db.manager.find(PartnerEventEntity, {
    where: { agencyId, ...(page.after?.[0] && { number: MoreThan(page.after[0]) }) },
    order: { number: 'ASC' },
    take: page.first + 1,
  });
  const ids = [...new Set(rows.map(({ referralId }) => referralId))];
  const ended = (await db.manager.findBy(ReferralEntity, { id: In(ids) })).filter(isTombstone);
  const statusOf = new Map(ended.map(({ id, status }) => [id, status]));
  // Events from before a referral became a tombstone are not repeated.
  const shown = rows.map((row) => {
    const status = statusOf.get(row.referralId);
    return status ? { ...row, status, type: tombstoneType(status), priority: null } : row;
  });
  const found = connection(shown, page, ({ number }) => [number]);
  // An empty page ends where the caller was: the cursor can be sent again later.
  const endCursor = found.pageInfo.endCursor ?? args.after ?? startOfFeed();
  return { ...found, pageInfo: { ...found.pageInfo, endCursor } };
}

/** The position before the first event. */
const startOfFeed = () =>
  connection([0], { list: feed, first: 1, after: null }, (number) => [number]).pageInfo.endCursor;

/** A subscription's deliveries, newest first. */
export async function listDeliveries(
  db: DataSource,
  subscriptionId: string,
  args: PageArgs,
): Promise<Connection<WebhookDelivery>> {
  const page = readPage(args, 'deliveries');
  const rows = await db.manager.find(WebhookDeliveryEntity, {
    where: { subscriptionId, ...(page.after?.[0] && { eventNumber: LessThan(page.after[0]) }) },
    order: { eventNumber: 'DESC' },
    take: page.first + 1,
  });
  return connection(rows, page, ({ eventNumber }) => [eventNumber]);
}

export function webhookLoaders(db: DataSource) {
  return {
    attemptsByDelivery: new DataLoader<string, WebhookAttempt[]>(async (ids) => {
      const where = { deliveryId: In([...ids]) };
      const rows = await db.manager.find(WebhookAttemptEntity, { where, order: { attempt: 'ASC' } });
      return grouped(ids, rows, ({ deliveryId }) => deliveryId);
    }),
  };
}
