import type { ConditionNode, PlanNode } from '@apollo/query-planner';
import { NotCovered, notCovered } from '../shaping/not-covered.ts';
import { entityStep, rootStep, type Around } from './fetch-step.ts';
import type { Step } from './run.ts';

/** A plan as one step; null when the library executes some of its parts. */
export function compilePlan(node: PlanNode, around: Around): Step | null {
  try {
    return stepOf(node, around);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}

function stepOf(node: PlanNode, around: Around): Step {
  switch (node.kind) {
    case 'Fetch':
      return rootStep(node, around);
    case 'Flatten':
      return node.node.kind === 'Fetch'
        ? entityStep(node.node, node.path, around)
        : notCovered('a plan within a path');
    case 'Sequence':
      return sequence(node.nodes.map((one) => stepOf(one, around)));
    case 'Parallel':
      return parallel(node.nodes.map((one) => stepOf(one, around)));
    case 'Condition':
      return conditional(node, around);
    default:
      return notCovered('a kind of node');
  }
}

function conditional(node: ConditionNode, around: Around): Step {
  const met = node.ifClause && stepOf(node.ifClause, around);
  const otherwise = node.elseClause && stepOf(node.elseClause, around);
  return (run) => (around.holds(node, run.variables) ? met : otherwise)?.(run);
}

/** Stops at anything unusual; the library continues from there. */
function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      if (run.irregular) return;
      await step(run);
    }
  };
}

/** Waits for all: a call that the library would ask again must have been recorded. */
function parallel(steps: readonly Step[]): Step {
  return async (run) => {
    const outcomes = await Promise.allSettled(steps.map(async (step) => step(run)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };
}
