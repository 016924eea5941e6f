import type { EntityManager } from 'typeorm';
import { GoalEntity } from '../goal/goal.entity.ts';
import { InterventionEntity } from '../intervention/intervention.entity.ts';
import { MilestoneEntity } from '../milestone/milestone.entity.ts';
import { In } from 'typeorm';
import { PlanVersionEntity } from './care-plan.entity.ts';
import type { PlanState } from './plan-version.ts';
import { contentOf } from './content.ts';

/** Locks the goals, in order of id: while the client agrees nobody changes what is agreed to. */
export async function lockPlanState(tx: EntityManager, carePlanId: string): Promise<PlanState> {
  const goals = await tx.find(GoalEntity, {
    where: { carePlanId },
    order: { id: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
  const ofGoals = { goalId: In(goals.map(({ id }) => id)) };
  const milestones = goals.length > 0 ? await tx.findBy(MilestoneEntity, ofGoals) : [];
  const interventions = goals.length > 0 ? await tx.findBy(InterventionEntity, ofGoals) : [];
  const [latest = null] = await tx.find(PlanVersionEntity, {
    where: { carePlanId },
    order: { number: 'DESC' },
    take: 1,
  });
  return {
    content: contentOf({ goals, milestones, interventions }),
    hasActiveGoal: goals.some(({ lifecycle }) => lifecycle === 'ACTIVE'),
    hasOpenGoal: goals.some(({ closedAt }) => closedAt === null),
    latest,
  };
}
