import { nextContactMoved, type Fact } from '@throughline/events';
import type { CaseFile } from './case-file.ts';

/** What the due date of a case stands on. */
type Dated = Pick<CaseFile, 'nextContactDueAt'>;

/** Tells when the next contact is due, when it was another time before. Source: infra/reference/domain.md 8.4. */
export function nextContactFacts(
  before: Dated | null,
  after: Dated & Pick<CaseFile, 'id' | 'clientId'>,
  now: Date,
): Fact[] {
  const dueAt = after.nextContactDueAt;
  if ((before?.nextContactDueAt ?? null)?.getTime() === dueAt?.getTime()) return [];
  return [nextContactFact(after, now)];
}

/** When the next contact of a case is due, as it is now. */
export function nextContactFact(
  { id: caseId, clientId, nextContactDueAt }: Dated & Pick<CaseFile, 'id' | 'clientId'>,
  now: Date,
): Fact {
  const dueAt = nextContactDueAt?.toISOString() ?? null;
  return nextContactMoved.of(clientId, now, { clientId, caseId, dueAt });
}
