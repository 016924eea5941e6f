import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { RecordGuidanceInput } from '../../generated/graphql.ts';
import { markWorkedOn } from '../../planning/goal/goal.entity.ts';
import { foreignGoal } from '../goal-of-client.ts';
import { GuidanceEntity } from './guidance.entity.ts';
import * as guidance from './guidance.ts';

export const recordGuidance = (context: Context, input: RecordGuidanceInput) =>
  command(
    context,
    {
      ...{ name: 'recordGuidance', input, client: input.clientId, creates: GuidanceEntity, part: 'CLINICAL' },
      check: (now) => guidance.guidanceFaults(input, { now, timeZone: context.timeZone }),
    },
    async ({ clientId }, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const goalId = input.goalId ?? null;
      const foreign = await foreignGoal(tx, clientId, goalId);
      const recorded =
        foreign ?? guidance.recordGuidance(clientId, { ...input, goalId }, { id: viewer.id, at });
      if (isProblem(recorded)) return recorded;
      return { ...recorded, also: () => markWorkedOn(tx, goalId ? [goalId] : [], now) };
    },
  );
