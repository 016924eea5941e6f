import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { CompleteNextStepInput } from '../../generated/graphql.ts';
import { closeSteps, giveBack, NextStepEntity } from './next-step.entity.ts';
import { completeStep } from './next-step.ts';

export const completeNextStep = (context: Context, input: CompleteNextStepInput) =>
  command(
    context,
    { name: 'completeNextStep', input, lock: [NextStepEntity, input.id], part: 'CLINICAL' },
    (step, { tx, viewer, now }) => {
      const decision = completeStep(step, input, { id: viewer.id, now });
      if (isProblem(decision)) return decision;
      const { clientId, what, needCategory } = step;
      const same = { clientId, what: [what], ...(needCategory && { needCategory }) };
      // What is done is done for every cause. That it is not needed was said of the cause that the step showed.
      const closed = { ...same, status: 'DONE', by: viewer.id, now } as const;
      const also = () => (input.result === 'DONE' ? closeSteps(tx, closed) : giveBack(tx, clientId));
      return { ...decision, also };
    },
  );
