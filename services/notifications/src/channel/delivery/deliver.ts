import type { Job } from '@throughline/messaging';
import { within } from '@throughline/runtime';
import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { PushSubscriptionEntity } from '../push/push.entity.ts';
import type { Outgoing, Sent } from '../sender/sender.ts';
import { codeOf, failedForNow } from '../sender/sender.ts';
import { findWording } from '../template/find-wording.ts';
import { fillIn } from '../template/policy.ts';
import { valuesOf } from '../template/values.ts';
import { markAddress } from '../address/mark-address.ts';
import { DeliveryAttemptEntity, DeliveryEntity } from './delivery.entity.ts';
import { afterAttempt, decideStep, type Delivery, type Step } from './delivery.ts';
import { findCircumstances, type Known } from './find-circumstances.ts';
import { Lanes } from './lanes.ts';
import type { Post } from './post.ts';
import { DELIVER, DELIVER_AGAIN, scheduleDelivery, stopDelivery } from './schedule-delivery.ts';

const payload = z.object({ deliveryId: z.uuid() });

/** A sender may ask a provider twice; a process that was killed meanwhile is replaced after a longer time. */
const LONGEST_SEND = 3;
const UNTIL_ANOTHER_GOES_ON = 4;
const LANE_IS_FULL_MS = 1_000;

/** An attempt that has been written down and is to be made now. */
interface Attempt {
  delivery: Delivery;
  step: Extract<Step, { kind: 'SEND' }>;
  message: Outgoing;
  number: number;
  startedAt: Date;
  /** When the attempt before it began, if its end is not known. */
  inDoubtSince: Date | null;
}

/** The jobs of deliveries: first tries, and what failed before. */
export function deliveryJobs(post: Post): Record<'deliveries' | 'retries', Record<string, Job>> {
  const lanes = { first: new Lanes(), again: new Lanes() };
  return {
    deliveries: { [DELIVER]: deliver(post, lanes.first) },
    retries: { [DELIVER_AGAIN]: deliver(post, lanes.again) },
  };
}

/**
 * One attempt: it is written down before it is made, and its end afterwards. A process that is killed in between leaves an
 * attempt in doubt; the next one first asks the provider for it, where that is possible.
 */
function deliver(post: Post, lanes: Lanes): Job {
  return async (given, { dataSource }) => {
    const { deliveryId: id } = payload.parse(given);
    await lanes.during(async (enter) => {
      const attempt = await dataSource.transaction((tx) => begin(tx, post, { id, enter }));
      if (!attempt) return;
      const sent = await send(post, attempt);
      await dataSource.transaction((tx) => end(tx, post, attempt, sent));
    });
  };
}

interface Asked {
  id: string;
  /** Takes a place of the channel; false when all are taken. */
  enter: (channel: MessageChannel) => boolean;
}

async function begin(tx: EntityManager, post: Post, { id, enter }: Asked): Promise<Attempt | null> {
  const delivery = await tx.findOne(DeliveryEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (delivery?.state !== 'QUEUED') return null;
  const now = post.now();
  const { sendingUntil, nextAttemptAt } = delivery;
  const notBefore = sendingUntil && sendingUntil > now ? sendingUntil : nextAttemptAt;
  if (notBefore > now) return wait(tx, delivery, notBefore);

  const known = await findCircumstances(tx, post, delivery);
  const step = decideStep(delivery, known.circumstances);
  if (step.kind === 'WAIT') return wait(tx, { ...delivery, nextAttemptAt: step.until }, step.until);
  if (step.kind === 'SETTLE') {
    await tx.update(
      DeliveryEntity,
      { id },
      { state: step.state, reason: step.reason, settledAt: now, sendingUntil: null },
    );
    return null;
  }
  if (!enter(step.channel)) return wait(tx, delivery, new Date(now.getTime() + LANE_IS_FULL_MS));
  return writeDown(tx, post, { delivery, step, known });
}

async function wait(tx: EntityManager, delivery: Delivery, until: Date): Promise<null> {
  await tx.update(DeliveryEntity, { id: delivery.id }, { nextAttemptAt: delivery.nextAttemptAt });
  await scheduleDelivery(tx, delivery, until);
  return null;
}

/** The job that is scheduled here runs only if this process does not come to the end of the attempt. */
async function writeDown(
  tx: EntityManager,
  post: Post,
  { delivery, step, known }: { delivery: Delivery; step: Attempt['step']; known: Known },
): Promise<Attempt> {
  const { now } = known.circumstances;
  const { id: deliveryId, code } = delivery;
  const { channel, address, language } = step;
  const number = delivery.attempts + 1;
  const wording = await findWording(tx, { code, language: language === 'es' ? 'es' : 'en', channel });
  const devices = channel === 'PUSH' ? await tx.findBy(PushSubscriptionEntity, { staffId: address }) : [];
  const message = {
    deliveryId,
    number,
    devices,
    address,
    language,
    ...fillIn(
      wording,
      valuesOf(post, known.notification, {
        ...{ language, appointmentAt: delivery.appointmentAt, isRoom: channel === 'CHAT' },
      }),
    ),
  };
  const inDoubtSince = await closeInterrupted(tx, delivery, now);
  await tx.insert(DeliveryAttemptEntity, { deliveryId, number, channel, startedAt: now, outcome: 'STARTED' });
  // An attempt in doubt counts as a failed one: a message that ends its process does not go round for ever.
  const tries = inDoubtSince ? delivery.tries + 1 : delivery.tries;
  const sendingUntil = new Date(now.getTime() + UNTIL_ANOTHER_GOES_ON * post.timeoutMs);
  await tx.update(DeliveryEntity, { id: deliveryId }, { attempts: number, tries, sendingUntil });
  await scheduleDelivery(tx, delivery, sendingUntil);
  return { delivery, step, message, number, startedAt: now, inDoubtSince };
}

/** The attempt of a process that was killed gets its end; answers when it had begun. */
async function closeInterrupted(tx: EntityManager, delivery: Delivery, now: Date): Promise<Date | null> {
  const last = { deliveryId: delivery.id, number: delivery.attempts, outcome: 'STARTED' } as const;
  const open = await tx.findOneBy(DeliveryAttemptEntity, last);
  if (!open) return null;
  await tx.update(DeliveryAttemptEntity, last, { outcome: 'INTERRUPTED', endedAt: now });
  return open.startedAt;
}

async function send({ senders, timeoutMs }: Post, { step, message, inDoubtSince }: Attempt): Promise<Sent> {
  const sender = senders.get(step.channel);
  if (!sender) return failedForNow('CHANNEL_OFF');
  const work = async () => {
    const known = inDoubtSince === null ? undefined : sender.find?.(message, inDoubtSince);
    return (await known) ?? (await sender.send(message));
  };
  return within(LONGEST_SEND * timeoutMs, work()).catch((error: unknown) => failedForNow(codeOf(error)));
}

/** The report of a provider may come before its answer: then the report counts. */
async function end(tx: EntityManager, post: Post, attempt: Attempt, sent: Sent): Promise<void> {
  const { delivery, step, number, startedAt } = attempt;
  const { outcome, answer, providerRef } = sent;
  const now = post.now();
  const { id } = delivery;
  if (sent.gone?.length) await tx.delete(PushSubscriptionEntity, { id: In([...sent.gone]) });
  const held = await tx.findOne(DeliveryEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  const line = { deliveryId: id, number, startedAt };
  const { outcome: reported } = await tx.findOneByOrFail(DeliveryAttemptEntity, line);
  const isReported = reported !== 'STARTED' && reported !== 'INTERRUPTED';
  await tx.update(DeliveryAttemptEntity, line, {
    ...{ providerRef, endedAt: now },
    ...(!isReported && { outcome, answer }),
  });
  // It took so long that another attempt has begun: its end decides.
  if (held?.attempts !== number || held.state !== 'QUEUED') return;
  await keep(tx, afterAttempt(held, step.place, isReported ? reported : outcome, now));
  await markAddress(tx, step, sent, now);
}

/** Writes a delivery after an attempt or a report, and queues what comes next. */
export async function keep(tx: EntityManager, next: Delivery): Promise<void> {
  const { id, state, place, tries, nextAttemptAt, sendingUntil, settledAt } = next;
  await tx.update(DeliveryEntity, { id }, { state, place, tries, nextAttemptAt, sendingUntil, settledAt });
  if (state === 'QUEUED') await scheduleDelivery(tx, next, nextAttemptAt);
  else await stopDelivery(tx, id);
}
