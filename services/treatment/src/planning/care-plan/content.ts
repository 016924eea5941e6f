import { createHash } from 'node:crypto';
import type { Goal } from '../goal/goal.ts';
import type { Intervention } from '../intervention/intervention.ts';
import type { Milestone } from '../milestone/milestone.ts';

/** What a plan says about one goal: what the client reads before agreeing. */
export type GoalContent = Pick<Goal, (typeof goalFields)[number] | 'id'> & {
  milestones: Pick<Milestone, (typeof milestoneFields)[number] | 'id'>[];
  interventions: Pick<Intervention, (typeof interventionFields)[number] | 'id'>[];
};

/** The whole text of a plan, in a fixed order. */
export interface PlanContent {
  goals: GoalContent[];
}

const goalFields = [
  ...(['domain', 'needId', 'statementInClientWords', 'metric', 'unit'] as const),
  ...(['baseline', 'target', 'dueOn'] as const),
] as const;
const milestoneFields = ['title', 'dueOn'] as const;
const interventionFields = ['type', 'what', 'ownerId', 'rhythm'] as const;

export interface PlanRows {
  goals: readonly Goal[];
  milestones: readonly Milestone[];
  interventions: readonly Intervention[];
}

/**
 * What the plan says now: goals that are not closed, with milestones and the interventions that go on. Progress is no
 * part of it: to observe a goal does not change what the client agreed to.
 */
export function contentOf({ goals, milestones, interventions }: PlanRows): PlanContent {
  const live = goals.filter(({ closedAt }) => closedAt === null);
  return {
    goals: inOrder(live).map((goal) => ({
      ...pick(goal, goalFields),
      milestones: inOrder(milestones.filter(({ goalId }) => goalId === goal.id)).map((one) =>
        pick(one, milestoneFields),
      ),
      interventions: inOrder(
        interventions.filter(({ goalId, status }) => goalId === goal.id && status === 'ACTIVE'),
      ).map((one) => pick(one, interventionFields)),
    })),
  };
}

/** SHA-256 of the content: two plans with the same hash say the same. */
export function hashOf(content: PlanContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export interface PlanDifference {
  kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  what: 'GOAL' | 'MILESTONE' | 'INTERVENTION';
  id: string;
  /** Name of the changed field; null where the whole thing was added or removed. */
  field: string | null;
  before: string | null;
  after: string | null;
}

/** What the second version says that the first one did not, and the other way round, in a fixed order. */
export function differenceOf(before: PlanContent, after: PlanContent): PlanDifference[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const ids = [...new Set([...old.keys(), ...young.keys()])].sort();
  return ids.flatMap((id) => differenceOfLine(id, old.get(id), young.get(id)));
}

interface Line {
  what: PlanDifference['what'];
  title: string | null;
  fields: Record<string, unknown>;
}

function linesOf({ goals }: PlanContent): Map<string, Line> {
  const line = (
    what: Line['what'],
    { id, ...fields }: { id: string } & Record<string, unknown>,
    title: string | null,
  ): [string, Line] => [id, { what, fields, title }];
  return new Map(
    goals.flatMap(({ milestones, interventions, ...goal }) => [
      line('GOAL', goal, goal.statementInClientWords),
      ...milestones.map((one) => line('MILESTONE', one, one.title)),
      ...interventions.map((one) => line('INTERVENTION', one, one.what)),
    ]),
  );
}

function differenceOfLine(id: string, before?: Line, after?: Line): PlanDifference[] {
  const what = (after ?? before)?.what ?? 'GOAL';
  const whole = { what, id, field: null };
  if (!before) return [{ ...whole, kind: 'ADDED', before: null, after: after?.title ?? null }];
  if (!after) return [{ ...whole, kind: 'REMOVED', before: before.title, after: null }];
  return Object.keys(after.fields)
    .filter((field) => before.fields[field] !== after.fields[field])
    .map((field) => ({
      ...{ kind: 'CHANGED', what, id, field },
      ...{ before: textOf(before.fields[field]), after: textOf(after.fields[field]) },
    }));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function inOrder<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function pick<Row extends { id: string }, Field extends keyof Row>(row: Row, fields: readonly Field[]) {
  const picked = fields.map((field) => [field, row[field]] as const);
  return { id: row.id, ...Object.fromEntries(picked) } as Pick<Row, Field | 'id'>;
}
