import type { InputIssue } from '@throughline/graphql';
import { dayIsOver, type Moment } from '@throughline/privacy';
import type { GoalMeasureInput } from '../../generated/graphql.ts';
import { textIssues } from '../../text.ts';

interface GoalText {
  statementInClientWords?: string | null | undefined;
  measure?: GoalMeasureInput | null | undefined;
  dueOn?: string | null | undefined;
}

/** Faults of what is given; what is left out is not a fault yet. */
export function issuesOf({ statementInClientWords, measure, dueOn }: GoalText, at: Moment): InputIssue[] {
  const issues = textIssues({
    statementInClientWords,
    'measure.metric': measure?.metric,
    'measure.unit': measure?.unit,
  });
  if (dueOn && dayIsOver(dueOn, at))
    issues.push({ path: 'dueOn', code: 'IN_PAST', message: 'This day is over; choose a later one.' });
  return issues;
}
