import type { Decision } from '@throughline/command/decision';
import { advocacyOpened, advocacyResolved, uuidV7 } from '@throughline/events';
import { invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import { dayIsOver, type Moment } from '@throughline/privacy';

/** Source: infra/reference/domain.md 8.4. */
export type AdvocacyKind =
  | 'BENEFIT_APPEAL'
  | 'INSURANCE_APPEAL'
  | 'GRIEVANCE'
  | 'MEDIATION'
  | 'COURT_SUPPORT'
  | 'HOUSING'
  | 'EMPLOYER_SCHOOL'
  | 'LETTER';
export type AdvocacyResult = 'GRANTED' | 'PARTLY_GRANTED' | 'REFUSED' | 'WITHDRAWN';

/** What is asked of somebody for a client. Source: infra/reference/domain.md 8.4. */
export interface AdvocacyAction {
  id: string;
  clientId: string;
  goalId: string | null;
  kind: AdvocacyKind;
  counterparty: string;
  ask: string;
  deadline: string | null;
  status: AdvocacyResult | 'OPEN';
  result: string | null;
  /** The action whose result this one appeals; each result is appealed once. */
  appealOfId: string | null;
  openedAt: Date;
  openedBy: string;
  resolvedAt: Date | null;
  version: number;
}

export interface AdvocacyDraft extends Pick<AdvocacyAction, 'kind' | 'counterparty' | 'ask'> {
  deadline?: string | null | undefined;
  goalId?: string | null | undefined;
}

export function advocacyFaults({ deadline }: Pick<AdvocacyDraft, 'deadline'>, at: Moment): InputIssue[] {
  if (!deadline || !dayIsOver(deadline, at)) return [];
  return [{ path: 'deadline', code: 'IN_PAST', message: 'This day is over; choose a later one.' }];
}

/** Opens an action. Only a result that is not what was asked can be appealed, else InvalidTransition. */
export function openAdvocacy(
  clientId: string,
  { kind, counterparty, ask, deadline = null, goalId = null }: AdvocacyDraft,
  { appealOf, by }: { appealOf: AdvocacyAction | null; by: { id: string; now: Date } },
): Decision<AdvocacyAction, never> {
  const mayBeAppealed = !appealOf || ['REFUSED', 'PARTLY_GRANTED'].includes(appealOf.status);
  if (!mayBeAppealed) return invalidTransition(appealOf.status, 'openAdvocacy as an appeal', []);
  const insert: AdvocacyAction = {
    ...{ id: uuidV7(by.now), clientId, goalId, kind, counterparty, ask, deadline, status: 'OPEN' },
    ...{ result: null, appealOfId: appealOf?.id ?? null, openedAt: by.now, openedBy: by.id },
    ...{ resolvedAt: null, version: 1 },
  };
  return { insert, facts: [advocacyOpened.of(clientId, by.now, { advocacyId: insert.id, clientId })] };
}

/** Records the result, once. */
export function resolveAdvocacy(
  action: AdvocacyAction,
  { status, result }: { status: AdvocacyResult; result: string },
  now: Date,
): Decision<never, AdvocacyAction> {
  const { id: advocacyId, clientId } = action;
  if (action.status !== 'OPEN') return invalidTransition(action.status, 'resolveAdvocacy', []);
  return {
    update: { ...action, status, result, resolvedAt: now },
    facts: [advocacyResolved.of(clientId, now, { advocacyId, clientId })],
  };
}
