import { referralRequestStatusChanged } from '@throughline/events';
import { on, record } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';
import { changeNeedStatus, isLive } from './need.ts';

/** The loop is closed: what a referral was made for has been given. A need that staff closed otherwise stays as it is. */
export const onReferralRequestStatusChanged = on(referralRequestStatusChanged, async (tx, fact, received) => {
  if (fact.to !== 'RESOLVED' || fact.needId === null) return;
  const where = { id: fact.needId, clientId: fact.clientId };
  const need = await tx.findOne(NeedEntity, { where, lock: { mode: 'pessimistic_write' } });
  const met = need && isLive(need) ? changeNeedStatus(need, 'MET', received.occurredAt) : null;
  if (!met) return;

  await tx.update(NeedEntity, { id: fact.needId }, met.need);
  await record(tx, { ...received.cause, causationId: received.id }, met.fact);
});
