import { command } from '@throughline/command';
import { hasRole } from '@throughline/graphql';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  AnswerAdviceInput,
  FollowUpAdviceInput,
  GiveAdviceInput,
  RecordTeachBackInput,
} from '../../generated/graphql.ts';
import { markWorkedOn } from '../../planning/goal/goal.entity.ts';
import { foreignGoal } from '../goal-of-client.ts';
import { AdviceEntity } from './advice.entity.ts';
import * as advices from './advice.ts';

const part = 'CLINICAL';

export const giveAdvice = (context: Context, input: GiveAdviceInput) =>
  command(
    context,
    {
      ...{ name: 'giveAdvice', input, client: input.clientId, creates: AdviceEntity, part },
      check: (now) =>
        advices.adviceFaults(
          input,
          { id: context.viewer.id, isClinician: hasRole(context.viewer, 'CLINICIAN') },
          { now, timeZone: context.timeZone },
        ),
    },
    async (care, { tx, now, viewer }) => {
      const goalId = input.goalId ?? null;
      const draft = { ...input, goalId };
      const foreign = await foreignGoal(tx, care.clientId, goalId);
      const given = foreign ?? advices.giveAdvice(draft, care, { id: viewer.id, now });
      if (isProblem(given)) return given;
      return { ...given, also: () => markWorkedOn(tx, goalId ? [goalId] : [], now) };
    },
  );

export const answerAdvice = (context: Context, input: AnswerAdviceInput) =>
  command(
    context,
    { name: 'answerAdvice', input, lock: [AdviceEntity, input.id], part },
    (advice, { now, viewer }) => advices.answerAdvice(advice, input.answer, { id: viewer.id, now }),
  );

export const recordTeachBack = (context: Context, input: RecordTeachBackInput) =>
  command(
    context,
    { name: 'recordTeachBack', input, lock: [AdviceEntity, input.id], part },
    (advice, { now }) => advices.recordTeachBack(advice, input, now),
  );

export const followUpAdvice = (context: Context, input: FollowUpAdviceInput) =>
  command(
    context,
    { name: 'followUpAdvice', input, lock: [AdviceEntity, input.id], part },
    (advice, { now }) => advices.followUpAdvice(advice, input, now),
  );
