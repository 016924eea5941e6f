import type { Care } from '@throughline/care';
import { carePlanActivated, carePlanOpened, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, isProblem, type Problem } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { addDays, dayIn } from '@throughline/privacy';
import { In, type EntityManager } from 'typeorm';
import { changeOne } from '../../change-one.ts';
import { careForWriting } from '../../assessment/access/care-for-writing.ts';
import type { Context } from '../../context.ts';
import type { ActivateCarePlanInput, OpenCarePlanInput } from '../../generated/graphql.ts';
import { textIssues } from '../../text.ts';
import { CarePlanEntity } from './care-plan.entity.ts';
import { activate, commandsFor, reviewAfterDays, type CarePlan } from './care-plan.ts';

export interface CarePlanStillOpen extends Problem {
  kind: 'CarePlanStillOpen';
  carePlan: CarePlan;
}

export async function openCarePlan(context: Context, input: OpenCarePlanInput): Promise<CarePlan | Problem> {
  const { db, viewer, now } = context;
  const care = await careForWriting(context, input.clientId);
  if (isProblem(care)) return care;

  const attempt = { viewerId: viewer.id, command: 'openCarePlan', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once(
      tx,
      attempt,
      () => write(tx, context, makePlan(care, now())),
      (id) => tx.findOneByOrFail(CarePlanEntity, { id }),
    ),
  );
}

function makePlan({ clientId, caseId }: Care & { caseId: string }, now: Date): CarePlan {
  return {
    id: uuidV7(now),
    clientId,
    caseId,
    status: 'DRAFT',
    openedAt: now,
    activatedAt: null,
    reviewOn: null,
    clientAgreed: null,
    declineReason: null,
    version: 1,
  };
}

async function write(tx: EntityManager, { cause }: Context, plan: CarePlan): Promise<CarePlan | Problem> {
  // The partial unique index decides between two at the same moment: the second waits here, then inserts nothing.
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(CarePlanEntity)
    .values(plan)
    .orIgnore()
    .returning('id')
    .execute();
  const { id: carePlanId, clientId, openedAt } = plan;
  if ((inserted.raw as unknown[]).length === 0) {
    return stillOpen(await tx.findOneByOrFail(CarePlanEntity, { clientId, status: In(['DRAFT', 'ACTIVE']) }));
  }
  await record(tx, cause, carePlanOpened.of(clientId, openedAt, { carePlanId, clientId }));
  return plan;
}

function stillOpen(carePlan: CarePlan): CarePlanStillOpen {
  const message = 'The client has a care plan that is being written or in force: work with that one.';
  return { kind: 'CarePlanStillOpen', message, carePlan };
}

export function activateCarePlan(
  context: Context,
  input: ActivateCarePlanInput,
): Promise<CarePlan | Problem> {
  const change = { entity: CarePlanEntity, what: 'CarePlan', command: 'activateCarePlan', input };
  return changeOne(context, change, (plan) => {
    const declineReason = input.clientAgreed ? null : (input.declineReason?.trim() ?? '');
    const issues = textIssues({ declineReason });
    if (declineReason === '')
      issues.push({ path: 'declineReason', code: 'REQUIRED', message: 'Say why the client did not agree.' });
    if (issues.length > 0) return invalidInput(issues);

    const at = context.now();
    const reviewOn = addDays(dayIn(context.timeZone, at), reviewAfterDays);
    const row = activate(plan, { agreed: input.clientAgreed, declineReason }, { now: at, reviewOn });
    if (!row) return invalidTransition(plan.status, 'activateCarePlan', commandsFor(plan.status));

    const { id: carePlanId, clientId } = plan;
    return { row, facts: [carePlanActivated.of(clientId, at, { carePlanId, clientId, reviewOn })] };
  });
}
