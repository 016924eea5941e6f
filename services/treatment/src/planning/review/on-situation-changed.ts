import { lockRow, writeChange } from '@throughline/command';
import { crisisOpened, locAssessmentSigned, riskTierChanged } from '@throughline/events';
import { on, type Reaction, type Received } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { LocAssessmentEntity } from '../../assessment/level-of-care/loc-assessment.entity.ts';
import { CarePlanEntity } from '../care-plan/care-plan.entity.ts';
import { bringReviewForward, type ReviewCause } from '../care-plan/care-plan.ts';
import { awaitReview } from './review-timer.ts';

/** A new tier, a crisis or another level of care makes the review of the plan in force due now. Source: infra/reference/domain.md 4.6. */
export const onSituationChanged = (timeZone: string): Reaction[] => [
  on(riskTierChanged, (tx, { clientId }, received) =>
    bringForward(tx, clientId, 'TIER', of(received, timeZone)),
  ),
  on(crisisOpened, (tx, { clientId }, received) =>
    bringForward(tx, clientId, 'CRISIS', of(received, timeZone)),
  ),
  on(locAssessmentSigned, async (tx, { clientId, locAssessmentId }, received) => {
    if (await isAnotherLevel(tx, clientId, locAssessmentId))
      await bringForward(tx, clientId, 'LEVEL_OF_CARE', of(received, timeZone));
  }),
];

/** Whether an assessment recommends another level than the signed one before it. */
async function isAnotherLevel(tx: EntityManager, clientId: string, id: string): Promise<boolean> {
  const signed = await tx.findBy(LocAssessmentEntity, { clientId, signedAt: Not(IsNull()) });
  const inOrder = signed.toSorted((a, b) => Number(a.signedAt) - Number(b.signedAt));
  const place = inOrder.findIndex((one) => one.id === id);
  const [before, now] = [inOrder[place - 1], inOrder[place]];
  return before?.edition !== now?.edition || before?.recommended !== now?.recommended;
}

interface Told {
  received: Received;
  at: Moment;
}

function of(received: Received, timeZone: string): Told {
  return { received, at: { now: received.occurredAt, timeZone } };
}

async function bringForward(
  tx: EntityManager,
  clientId: string,
  cause: ReviewCause,
  { received, at }: Told,
): Promise<void> {
  const inForce = await tx.findOneBy(CarePlanEntity, { clientId, status: 'ACTIVE' });
  const plan = inForce && (await lockRow(tx, CarePlanEntity, inForce.id));
  // What happened before the plan went into force is part of what was agreed.
  if (!plan?.activatedAt || plan.activatedAt >= at.now) return;
  const update = bringReviewForward(plan, cause, at);
  const also = () => awaitReview(tx, update, at);
  await writeChange(tx, { ...received.cause, causationId: received.id }, [CarePlanEntity, plan], {
    update,
    also,
  });
}
