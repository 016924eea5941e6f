import { isProblem } from '@throughline/graphql/problems';
import { lockRow, writeChange } from '@throughline/command';
import { referralRequestStatusChanged } from '@throughline/events';
import { on } from '@throughline/messaging';
import { NeedEntity } from './need.entity.ts';
import { changeNeedStatus, isLive } from './need.ts';

/** A referral was completed, so its need is met. A need that staff closed does not change. */
export const onReferralRequestStatusChanged = on(referralRequestStatusChanged, async (tx, fact, received) => {
  if (fact.to !== 'RESOLVED' || fact.needId === null) return;
  const need = await lockRow(tx, NeedEntity, fact.needId);
  if (need?.clientId !== fact.clientId || !isLive(need)) return;

  const met = changeNeedStatus(need, 'MET', [], received.occurredAt);
  if (isProblem(met)) return;
  await writeChange(tx, { ...received.cause, causationId: received.id }, [NeedEntity, need], met);
});
