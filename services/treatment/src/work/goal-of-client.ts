import { notFound, type NotFound } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import { GoalEntity } from '../planning/goal/goal.entity.ts';

/** NotFound unless the goal is one of the client; null when it is, or when none is named. A malformed id is told by the form of the input. */
export async function foreignGoal(
  tx: EntityManager,
  clientId: string,
  goalId: string | null | undefined,
): Promise<NotFound | null> {
  if (!goalId || (await tx.existsBy(GoalEntity, { id: goalId, clientId }))) return null;
  return notFound('Goal');
}
