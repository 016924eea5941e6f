import { lockRow, writeChange } from '@throughline/command';
import { disclosureMade, referralFacts } from '@throughline/events';
import { on, type Reaction, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { followUp } from '../follow-up/keep-up.ts';
import { ReferralStandingEntity, takeTurnOf, TransitionEntity } from './transition.entity.ts';
import { awaitAppointment } from './transition-timer.ts';
import type { ReferralStanding } from './care-transition.ts';
import { arrivalOf, hearReferral } from './transition.ts';

interface Desk {
  now: () => Date;
  timeZone: string;
}
type News = Pick<ReferralStanding, 'referralId' | 'clientId'> & Partial<ReferralStanding>;

/** A referral confirms, moves and fails the transition that it belongs to by itself. Source: infra/reference/domain.md 4.6. */
export function onReferral(desk: Desk): Reaction[] {
  const { accepted, serviceStarted, ...ends } = referralFacts;
  const ended = [ends.declined, ends.cancelled, ends.expired, ends.closedUnresolved, ends.enteredInError];
  const at =
    (field: 'acceptedAt' | 'startedAt' | 'endedAt') =>
    (tx: EntityManager, { referralId, clientId }: News, received: Received) =>
      keep(tx, desk, received, { referralId, clientId, [field]: received.occurredAt });
  return [
    on(accepted, at('acceptedAt')),
    on(serviceStarted, at('startedAt')),
    ...ended.map((fact) => on(fact, at('endedAt'))),
    on(disclosureMade, async (tx, { referralId, clientId, disclosedAt, disclosureId }, received) => {
      if (!referralId) return;
      const news = { referralId, clientId, disclosedAt: new Date(disclosedAt), disclosureId };
      await keep(tx, desk, received, news);
    }),
  ];
}

/** The first of each kind stays: a disclosure that is repeated is the same packet. */
async function keep(
  tx: EntityManager,
  { now, timeZone }: Desk,
  received: Received,
  news: News,
): Promise<void> {
  const { referralId, clientId } = news;
  await takeTurnOf(tx, referralId);
  const none = { acceptedAt: null, startedAt: null, endedAt: null, disclosedAt: null, disclosureId: null };
  const found = await tx.findOneBy(ReferralStandingEntity, { referralId });
  const known = found ?? { ...none, referralId, clientId };
  const standing = { ...known, ...onlyNew(known, news) };
  await tx.upsert(ReferralStandingEntity, standing, ['referralId']);
  for (const { id } of await tx.findBy(TransitionEntity, { referralId, clientId })) {
    const transition = await lockRow(tx, TransitionEntity, id);
    if (!transition) continue;
    const update = hearReferral(transition, standing, now());
    const facts = arrivalOf(transition, update, now());
    const at = { now: now(), timeZone };
    const also = () => awaitAppointment(tx, update, at);
    const after = () => followUp(tx, clientId, at);
    await writeChange(tx, { ...received.cause, causationId: received.id }, [TransitionEntity, transition], {
      ...{ update, facts, also, after },
    });
  }
}

function onlyNew(known: ReferralStanding, news: News): Partial<ReferralStanding> {
  const given = Object.entries(news).filter(([field]) => known[field as keyof ReferralStanding] === null);
  return Object.fromEntries(given);
}
