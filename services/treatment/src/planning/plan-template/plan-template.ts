import type { Change, Decision } from '@throughline/command/decision';
import { uuidV7, type Fact } from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  isProblem,
  issueAt,
  type InputIssue,
  type Problem,
} from '@throughline/graphql/problems';
import { addDays, today, type Moment } from '@throughline/privacy';
import type { CarePlan } from '../care-plan/care-plan.ts';
import { addGoal, type Goal, type RecoveryDomain } from '../goal/goal.ts';
import {
  addIntervention,
  type Intervention,
  type InterventionType,
  type Rhythm,
} from '../intervention/intervention.ts';

export interface TemplateIntervention {
  type: InterventionType;
  what: string;
  rhythm: Rhythm;
}

/** A goal without the words of a client: those are never prescribed. */
export interface TemplateGoal {
  title: string;
  domain: RecoveryDomain;
  metric: string | null;
  unit: string | null;
  target: number | null;
  /** Days from the use of the template to the day of the goal. */
  dueInDays: number | null;
  interventions: TemplateIntervention[];
}

/** Goals and interventions that a program often begins with; they are copied into a draft and belong to it from then on. */
export interface PlanTemplate {
  id: string;
  /** Program or agency that uses it. */
  program: string;
  name: string;
  goals: TemplateGoal[];
  status: 'ACTIVE' | 'RETIRED';
  changedAt: Date;
  changedBy: string;
  version: number;
}

type Given<T> = T | null | undefined;

export interface TemplateDraft {
  program: string;
  name: string;
  goals: readonly {
    title: string;
    domain: RecoveryDomain;
    metric?: Given<string>;
    unit?: Given<string>;
    target?: Given<number>;
    dueInDays?: Given<number>;
    interventions: readonly TemplateIntervention[];
  }[];
}

interface By {
  id: string;
  now: Date;
}

/** A template has at least one goal. */
export function templateFaults({ goals }: Pick<TemplateDraft, 'goals'>): InputIssue[] {
  if (goals.length > 0) return [];
  return [{ path: 'goals', code: 'REQUIRED', message: 'A template has at least one goal.' }];
}

export function createTemplate(draft: TemplateDraft, by: By): Decision<PlanTemplate, never> {
  const { program, name } = draft;
  return {
    insert: {
      ...{ id: uuidV7(by.now), program: program.trim(), name: name.trim(), goals: goalsOf(draft) },
      ...{ status: 'ACTIVE', changedAt: by.now, changedBy: by.id, version: 1 },
    },
  };
}

/** Changes the goals of a template. Plans that were made from it stay as they are. Answers InvalidTransition for a retired one. */
export function changeTemplate(
  template: PlanTemplate,
  draft: Pick<TemplateDraft, 'goals'>,
  by: By,
): Decision<never, PlanTemplate> {
  if (template.status === 'RETIRED') return invalidTransition('RETIRED', 'changePlanTemplate', []);
  return { update: { ...template, goals: goalsOf(draft), changedAt: by.now, changedBy: by.id } };
}

/** A retired template is used no more. */
export function retireTemplate(template: PlanTemplate, by: By): Decision<never, PlanTemplate> {
  if (template.status === 'RETIRED') return invalidTransition('RETIRED', 'retirePlanTemplate', []);
  return { update: { ...template, status: 'RETIRED', changedAt: by.now, changedBy: by.id } };
}

function goalsOf({ goals }: Pick<TemplateDraft, 'goals'>): TemplateGoal[] {
  return goals.map(({ title, domain, metric = null, unit = null, target = null, ...goal }) => ({
    ...{ title, domain, metric, unit, target, dueInDays: goal.dueInDays ?? null },
    interventions: goal.interventions.map(({ type, what, rhythm }) => ({ type, what, rhythm })),
  }));
}

/** The goals and interventions that a template adds to a plan. */
export interface Copied {
  goals: Goal[];
  interventions: Intervention[];
  facts: Fact[];
}

/**
 * Copies goals and interventions into a draft, once for each template. Goals are proposals without words of the client:
 * they become active when the client has said what the client wants. `which` are places of goals in the template; all
 * when left out. Answers InvalidTransition for a plan in force or a retired template, and InvalidInput.
 * Source: infra/reference/domain.md 4.6.
 */
export function copyTemplate(
  { plan, template, isUsed }: { plan: CarePlan; template: PlanTemplate; isUsed: boolean },
  which: readonly number[] | null,
  by: { id: string; at: Moment },
): Copied | Problem {
  if (plan.status !== 'DRAFT') return invalidTransition(plan.status, 'applyPlanTemplate', []);
  if (template.status === 'RETIRED') return invalidTransition('RETIRED', 'applyPlanTemplate', []);
  if (isUsed)
    return invalidInput([issueAt('templateId', 'DUPLICATE', 'The plan has the goals of this template.')]);
  const unknown = (which ?? []).findIndex((place) => !template.goals[place]);
  if (unknown >= 0)
    return invalidInput([issueAt(`goals.${String(unknown)}`, 'UNKNOWN', 'The template has no such goal.')]);
  const chosen = template.goals.filter((_goal, place) => which?.includes(place) ?? true);
  const copied: Copied = { goals: [], interventions: [], facts: [] };
  for (const goal of chosen) {
    const problem = copyGoal(copied, { plan, goal }, by);
    if (problem) return problem;
  }
  return copied;
}

function copyGoal(
  copied: Copied,
  { plan, goal }: { plan: CarePlan; goal: TemplateGoal },
  by: { id: string; at: Moment },
): Problem | null {
  const { domain, metric, unit, target, dueInDays } = goal;
  const dueOn = dueInDays === null ? null : addDays(today(by.at), dueInDays);
  const measure = { metric: metric ?? goal.title, unit, target, baseline: null };
  const added = addGoal(plan, { domain, needId: null, measure, dueOn }, by.at.now);
  if (isProblem(added)) return added;
  const row = keep(copied.goals, copied, added);
  if (!row) return null;
  for (const draft of goal.interventions) {
    const begun = addIntervention(row, { ...draft, ownerId: by.id }, by.at.now);
    if (isProblem(begun)) return begun;
    keep(copied.interventions, copied, begun);
  }
  return null;
}

function keep<Row extends object>(rows: Row[], { facts }: Copied, change: Change<Row, never>): Row | null {
  if (!change.insert) return null;
  rows.push(change.insert);
  facts.push(...(change.facts ?? []));
  return change.insert;
}
