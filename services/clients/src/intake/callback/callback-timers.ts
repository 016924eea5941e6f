import { lockRow, writeChange } from '@throughline/command';
import { ownCause } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { InquiryEntity } from '../inquiry/inquiry.entity.ts';
import type { Inquiry } from '../inquiry/inquiry.ts';
import { LEAD_MINUTES, miss, tellDue } from './callback.ts';

export const callbackDueJob = 'inquiry.callback-due';
export const callbackMissedJob = 'inquiry.callback-missed';

const payloadShape = z.object({ inquiryId: z.uuid(), dueAt: z.iso.datetime() });

/** Sets both timers of a promised call, in place of those of an earlier promise. */
export async function awaitCallback(
  tx: EntityManager,
  { id: inquiryId, callbackDueAt }: Inquiry,
): Promise<void> {
  if (!callbackDueAt) return;
  const runAt = new Date(callbackDueAt.getTime() - LEAD_MINUTES * 60_000);
  const payload = { inquiryId, dueAt: callbackDueAt.toISOString() };
  await schedule(tx, callbackDueJob, payload, { runAt, jobKey: `${callbackDueJob}:${inquiryId}` });
  await awaitMiss(tx, { inquiryId, dueAt: callbackDueAt }, callbackDueAt);
}

/** Takes the timers back: the inquiry is ended. */
export async function forgetCallback(tx: EntityManager, inquiryId: string): Promise<void> {
  for (const job of [callbackDueJob, callbackMissedJob]) await unschedule(tx, `${job}:${inquiryId}`);
}

/** After a release nobody calls: the promise can be missed again from now on. */
export async function awaitMiss(
  tx: EntityManager,
  { inquiryId, dueAt }: { inquiryId: string; dueAt: Date },
  runAt: Date,
): Promise<void> {
  const payload = { inquiryId, dueAt: dueAt.toISOString() };
  await schedule(tx, callbackMissedJob, payload, { runAt, jobKey: `${callbackMissedJob}:${inquiryId}` });
}

interface Clock {
  now: () => Date;
}

/** The timer ten minutes before the promised time. */
export function tellCallbackDue({ now }: Clock): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { inquiry, dueAt, at } = await lockFrom(tx, payload, now());
      notBefore(new Date(dueAt.getTime() - LEAD_MINUTES * 60_000), at);
      const told = inquiry && tellDue(inquiry, dueAt, at);
      if (told) await record(tx, ownCause('clients', at), ...(told.facts ?? []));
    });
}

/** The timer at the promised time, or at the end of a claim. */
export function tellCallbackMissed({ now }: Clock): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { inquiry, dueAt, at } = await lockFrom(tx, payload, now());
      notBefore(dueAt, at);
      const missed = inquiry && miss(inquiry, dueAt, at);
      if (!missed) return;
      if (missed instanceof Date) return awaitMiss(tx, { inquiryId: inquiry.id, dueAt }, missed);
      await writeChange(tx, ownCause('clients', at), [InquiryEntity, inquiry], missed);
    });
}

async function lockFrom(tx: EntityManager, payload: unknown, at: Date) {
  const { inquiryId, dueAt } = payloadShape.parse(payload);
  return { inquiry: await lockRow(tx, InquiryEntity, inquiryId), dueAt: new Date(dueAt), at };
}

/** The clock of the database may be ahead of ours. A job that fails is run again a little later. */
function notBefore(moment: Date, now: Date): void {
  if (now < moment) throw new Error('The time has not come yet');
}
