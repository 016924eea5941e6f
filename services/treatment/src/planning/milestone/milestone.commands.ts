import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { AchieveMilestoneInput, AddMilestoneInput } from '../../generated/graphql.ts';
import { GoalEntity, markWorkedOn } from '../goal/goal.entity.ts';
import { MilestoneEntity } from './milestone.entity.ts';
import * as milestones from './milestone.ts';

const part = 'CLINICAL';

/** Locks the goal, so that it cannot be closed at the same moment. */
export const addMilestone = (context: Context, input: AddMilestoneInput) =>
  command(
    context,
    {
      ...{ name: 'addMilestone', input, lock: [GoalEntity, input.goalId], creates: MilestoneEntity, part },
      check: (now) => milestones.milestoneFaults(input, { now, timeZone: context.timeZone }),
    },
    (goal, { now }) => milestones.addMilestone(goal, input, now),
  );

export const achieveMilestone = (context: Context, input: AchieveMilestoneInput) =>
  command(
    context,
    { name: 'achieveMilestone', input, lock: [MilestoneEntity, input.id], part },
    (milestone, { tx, now }) => {
      const achieved = milestones.achieveMilestone(milestone, input, { now, timeZone: context.timeZone });
      if (isProblem(achieved)) return achieved;
      return { ...achieved, also: () => markWorkedOn(tx, [milestone.goalId], now) };
    },
  );
