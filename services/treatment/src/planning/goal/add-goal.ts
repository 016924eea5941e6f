import { mayChange, mayRead } from '@throughline/care';
import { goalProposed, uuidV7 } from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  isProblem,
  isUuid,
  notFound,
  type Problem,
} from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { momentOf } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { CarePlanEntity } from '../care-plan/care-plan.entity.ts';
import { isOpen, type CarePlan } from '../care-plan/care-plan.ts';
import type { Context } from '../../context.ts';
import type { AddGoalInput } from '../../generated/graphql.ts';
import { awaitNeed } from '../need/need.commands.ts';
import { GoalEntity } from './goal.entity.ts';
import { issuesOf } from './goal.issues.ts';
import type { Goal } from './goal.ts';

/** Adds a goal as a proposal to a plan that is open. */
export async function addGoal(context: Context, input: AddGoalInput): Promise<Goal | Problem> {
  const { db, viewer } = context;
  const issues = issuesOf(input, momentOf(context));
  if (issues.length > 0) return invalidInput(issues);
  const needOwner = input.needId ? await awaitNeed(context, input.needId) : null;

  const attempt = { viewerId: viewer.id, command: 'addGoal', key: input.idempotencyKey, input };
  return db.transaction(async (tx) => {
    const plan = await findPlan(tx, context, input.carePlanId);
    if (isProblem(plan)) return plan;
    return once(
      tx,
      attempt,
      () => write(tx, context, { plan, input, needOwner }),
      (id) => tx.findOneByOrFail(GoalEntity, { id }),
    );
  });
}

/** Locked for share, so that the plan cannot be closed meanwhile. */
async function findPlan(
  tx: EntityManager,
  { viewer, care }: Context,
  id: string,
): Promise<CarePlan | Problem> {
  const plan = isUuid(id)
    ? await tx.findOne(CarePlanEntity, { where: { id }, lock: { mode: 'pessimistic_read' } })
    : null;
  const found = plan ? ((await care.careIn(tx, [plan.clientId])).get(plan.clientId) ?? null) : null;
  if (!plan || !mayRead(viewer, found, 'CLINICAL')) return notFound('CarePlan');
  return mayChange(viewer, found, 'CLINICAL')
    ? plan
    : forbidden('Your role may read this plan but not change it.');
}

interface Proposal {
  plan: CarePlan;
  input: AddGoalInput;
  needOwner: string | null;
}

async function write(
  tx: EntityManager,
  { cause, now }: Context,
  { plan, input, needOwner }: Proposal,
): Promise<Goal | Problem> {
  if (!isOpen(plan)) return invalidTransition(plan.status, 'addGoal', []);
  if (input.needId && needOwner !== plan.clientId) return notFound('Need');

  const goal = propose(plan, input, now());
  await tx.insert(GoalEntity, goal);
  const { id: goalId, carePlanId, clientId, needId } = goal;
  await record(tx, cause, goalProposed.of(clientId, goal.addedAt, { goalId, carePlanId, clientId, needId }));
  return goal;
}

function propose(plan: CarePlan, input: AddGoalInput, now: Date): Goal {
  const { metric = null, baseline = null, target = null, unit = null } = input.measure ?? {};
  return {
    id: uuidV7(now),
    carePlanId: plan.id,
    clientId: plan.clientId,
    needId: input.needId?.toLowerCase() ?? null,
    domain: input.domain,
    statementInClientWords: input.statementInClientWords ?? null,
    metric,
    baseline,
    target,
    unit,
    dueOn: input.dueOn ?? null,
    lifecycle: 'PROPOSED',
    achievement: 'IN_PROGRESS',
    addedAt: now,
    activatedAt: null,
    closedAt: null,
    version: 1,
  };
}
