import type { EntityManager } from 'typeorm';
import { markAddress } from '../address/mark-address.ts';
import { keep } from '../delivery/deliver.ts';
import { DeliveryAttemptEntity, DeliveryEntity } from '../delivery/delivery.entity.ts';
import { afterReport, type AttemptOutcome } from '../delivery/delivery.ts';

/** What a provider tells of an attempt that it had taken. */
export interface ProviderReport {
  deliveryId: string;
  number: number;
  outcome: Extract<AttemptOutcome, 'DELIVERED' | 'FAILED_FOR_NOW' | 'FAILED_FOR_GOOD'>;
  answer: string | null;
  isStopped?: boolean;
  /** Number that was called, as the provider tells it. */
  address: string;
}

/**
 * Keeps a report in the log of attempts. It may come before the attempt has ended here, twice, or late: only the report of the
 * last attempt of a message that counts as sent changes the message. Answers whether there is such an attempt.
 */
export async function keepReport(tx: EntityManager, report: ProviderReport, now: Date): Promise<boolean> {
  const { deliveryId: id, number, outcome, answer } = report;
  const delivery = await tx.findOne(DeliveryEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  const attempt = await tx.findOneBy(DeliveryAttemptEntity, { deliveryId: id, number });
  if (!delivery || !attempt) return false;
  if (!['STARTED', 'ACCEPTED', 'INTERRUPTED'].includes(attempt.outcome)) return true;

  const { startedAt, channel } = attempt;
  await tx.update(
    DeliveryAttemptEntity,
    { deliveryId: id, number, startedAt },
    { outcome, answer, endedAt: now },
  );
  const next = number === delivery.attempts ? afterReport(delivery, outcome, now) : null;
  if (next) await keep(tx, next);
  await markAddress(tx, { channel, address: report.address }, report, now);
  return true;
}
