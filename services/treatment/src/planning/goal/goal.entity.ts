import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, In, type DataSource, type EntityManager } from 'typeorm';
import type { Goal, GoalProgress } from './goal.ts';

export const GoalEntity = new EntitySchema<Goal>({
  name: 'Goal',
  tableName: 'goal',
  columns: {
    id: { type: 'uuid', primary: true },
    carePlanId: { type: 'uuid', name: 'care_plan_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    needId: { type: 'uuid', name: 'need_id', nullable: true },
    domain: { type: 'text' },
    statementInClientWords: { type: 'text', name: 'statement_in_client_words', nullable: true },
    metric: { type: 'text', nullable: true },
    baseline: { type: 'double precision', nullable: true },
    target: { type: 'double precision', nullable: true },
    unit: { type: 'text', nullable: true },
    dueOn: { type: 'date', name: 'due_on', nullable: true },
    lifecycle: { type: 'text' },
    achievement: { type: 'text' },
    addedAt: { type: 'timestamptz', name: 'added_at' },
    activatedAt: { type: 'timestamptz', name: 'activated_at', nullable: true },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    lastWorkedAt: { type: 'timestamptz', name: 'last_worked_at', nullable: true },
    version: { type: 'integer' },
  },
});

/** Somebody did something for these goals. It is no change of the goal: its version stays. */
export async function markWorkedOn(tx: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length > 0) await tx.update(GoalEntity, { id: In([...ids]) }, { lastWorkedAt: now });
}

export const GoalProgressEntity = new EntitySchema<GoalProgress>({
  name: 'GoalProgress',
  tableName: 'goal_progress',
  columns: {
    id: { type: 'uuid', primary: true },
    goalId: { type: 'uuid', name: 'goal_id' },
    value: { type: 'double precision' },
    achievement: { type: 'text' },
    observedOn: { type: 'date', name: 'observed_on' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    recordedBy: { type: 'uuid', name: 'recorded_by' },
  },
});

export function goalLoaders({ manager }: DataSource, care: CareReader) {
  const goals = care.rowsWithCare(GoalEntity);
  return {
    goalById: loaderById(manager, goals),
    goalsByCarePlan: loaderByOwner(manager, GoalEntity, 'carePlanId', { addedAt: 'ASC', id: 'ASC' }),
    goalsByNeed: loaderByOwner(manager, goals, 'needId', { addedAt: 'ASC', id: 'ASC' }),
    progressByGoal: loaderByOwner(manager, GoalProgressEntity, 'goalId', { observedOn: 'ASC', id: 'ASC' }),
  };
}
