import { command } from '@throughline/command';
import { invalidInput, isProblem, notFound } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { OpenAdvocacyInput, ResolveAdvocacyInput } from '../../generated/graphql.ts';
import { markWorkedOn } from '../../planning/goal/goal.entity.ts';
import { foreignGoal } from '../goal-of-client.ts';
import { AdvocacyEntity } from './advocacy.entity.ts';
import * as advocacy from './advocacy.ts';

const part = 'CLINICAL';
const appealed = {
  path: 'appealOfId',
  code: 'DUPLICATE',
  message: 'This result was appealed already.',
};

/** A unique column decides between two appeals of one result at the same moment. */
export const openAdvocacy = (context: Context, input: OpenAdvocacyInput) =>
  command(
    context,
    {
      ...{ name: 'openAdvocacy', input, client: input.clientId, creates: AdvocacyEntity, part },
      check: (now) => advocacy.advocacyFaults(input, { now, timeZone: context.timeZone }),
      taken: () => invalidInput([appealed]),
    },
    async ({ clientId }, { tx, now, viewer }) => {
      const goalId = input.goalId ?? null;
      const appealOf = input.appealOfId
        ? await tx.findOneBy(AdvocacyEntity, { id: input.appealOfId, clientId })
        : null;
      if (input.appealOfId && !appealOf) return notFound('AdvocacyAction');
      const by = { id: viewer.id, now };
      const foreign = await foreignGoal(tx, clientId, goalId);
      const opened = foreign ?? advocacy.openAdvocacy(clientId, { ...input, goalId }, { appealOf, by });
      if (isProblem(opened)) return opened;
      return { ...opened, also: () => markWorkedOn(tx, goalId ? [goalId] : [], now) };
    },
  );

export const resolveAdvocacy = (context: Context, input: ResolveAdvocacyInput) =>
  command(
    context,
    { name: 'resolveAdvocacy', input, lock: [AdvocacyEntity, input.id], part },
    (action, { now }) => advocacy.resolveAdvocacy(action, input, now),
  );
