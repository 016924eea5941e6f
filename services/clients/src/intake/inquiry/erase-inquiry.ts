import { lockRow } from '@throughline/command';
import { schedule, type Job } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { InquiryEntity } from './inquiry.entity.ts';
import { isLive, type Inquiry, type Transfer } from './inquiry.ts';

export const eraseJob = 'inquiry.erase';

const payloadShape = z.object({ inquiryId: z.uuid() });
const dayMs = 24 * 60 * 60 * 1000;

/** Sets the timer for the end of retention: so many days after the last step. */
export async function awaitErasure(
  tx: EntityManager,
  inquiry: Pick<Inquiry, 'id' | 'callbackDueAt'>,
  { now, retentionDays }: { now: Date; retentionDays: number },
): Promise<void> {
  const last = Math.max(now.getTime(), inquiry.callbackDueAt?.getTime() ?? 0);
  const runAt = new Date(last + retentionDays * dayMs);
  await schedule(tx, eraseJob, { inquiryId: inquiry.id }, { runAt, jobKey: `${eraseJob}:${inquiry.id}` });
}

/**
 * The contact without its personal data; what remains says how many there were and how they ended. Null for an inquiry
 * that led to a client: it belongs to the record of the client. One that nobody ended counts as abandoned.
 */
export function erase(inquiry: Inquiry, now: Date): Inquiry | null {
  if (inquiry.clientId !== null || inquiry.erasedAt !== null) return null;
  const ended: Partial<Inquiry> = isLive(inquiry)
    ? {
        status: 'ENDED',
        disposition: 'ABANDONED',
        endedAt: now,
        transfer: inquiry.transfer ?? unrecorded(inquiry, now),
      }
    : {};
  const { transfer = inquiry.transfer } = ended;
  return {
    ...inquiry,
    ...ended,
    transfer: transfer && { ...transfer, doneInstead: null },
    ...{
      callerName: null,
      callbackNumber: null,
      callbackExtension: null,
      presentingConcern: null,
      notes: null,
    },
    ...{ answers: [], callback: null, claimedBy: null, claimedAt: null, erasedAt: now },
  };
}

function unrecorded({ urgency }: Inquiry, now: Date): Transfer | null {
  if (urgency !== 'CRISIS') return null;
  return { result: 'NOT_RECORDED', lineId: null, doneInstead: null, at: now.toISOString() };
}

/** The timer at the end of retention. */
export function eraseInquiry({ now }: { now: () => Date }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { inquiryId } = payloadShape.parse(payload);
      const inquiry = await lockRow(tx, InquiryEntity, inquiryId);
      const erased = inquiry && erase(inquiry, now());
      if (erased)
        await tx.update(InquiryEntity, { id: inquiryId }, { ...erased, version: erased.version + 1 });
    });
}
