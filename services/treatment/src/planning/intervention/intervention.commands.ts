import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  AddInterventionInput,
  ChangeInterventionInput,
  RecordInterventionDoneInput,
} from '../../generated/graphql.ts';
import { GoalEntity, markWorkedOn } from '../goal/goal.entity.ts';
import { InterventionEntity } from './intervention.entity.ts';
import * as interventions from './intervention.ts';

const part = 'CLINICAL';

/** Locks the goal, so that it cannot be closed at the same moment. The owner is the viewer when left out. */
export const addIntervention = (context: Context, input: AddInterventionInput) =>
  command(
    context,
    { name: 'addIntervention', input, lock: [GoalEntity, input.goalId], creates: InterventionEntity, part },
    (goal, { tx, now, viewer }) => {
      const ownerId = input.ownerId ?? viewer.id;
      const added = interventions.addIntervention(goal, { ...input, ownerId }, now);
      return isProblem(added) ? added : { ...added, also: () => markWorkedOn(tx, [goal.id], now) };
    },
  );

export const recordInterventionDone = (context: Context, input: RecordInterventionDoneInput) =>
  command(
    context,
    { name: 'recordInterventionDone', input, lock: [InterventionEntity, input.id], part },
    (intervention, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const done = interventions.doIntervention(intervention, input.doneOn ?? null, at);
      if (isProblem(done)) return done;
      return { ...done, also: () => markWorkedOn(tx, [intervention.goalId], now) };
    },
  );

export const changeIntervention = (context: Context, input: ChangeInterventionInput) =>
  command(
    context,
    { name: 'changeIntervention', input, lock: [InterventionEntity, input.id], part },
    (intervention, { now }) => interventions.changeIntervention(intervention, input, now),
  );
