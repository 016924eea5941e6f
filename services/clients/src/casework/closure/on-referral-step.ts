import { referralFacts } from '@throughline/events';
import { defineProjection, on, type Reaction } from '@throughline/messaging';
import { CaseBlockerEntity } from './blocker.entity.ts';
import { onCrises } from './on-crisis.ts';
import { onNotes } from './on-note.ts';

const ends: ReadonlySet<string> = new Set([
  ...['completed', 'closedUnresolved', 'declined', 'cancelled', 'superseded', 'expired', 'enteredInError'],
]);
const drafts: ReadonlySet<string> = new Set(['created', 'consentPending']);
/** A report that comes after the end changes no state. */
const afterTheEnd = 'outcomeAmended';

/** A referral holds up the end of the case until it has ended. Source: infra/reference/domain.md 1.2. */
const onReferralSteps: Reaction[] = Object.entries(referralFacts)
  .filter(([step]) => step !== afterTheEnd)
  .map(([step, definition]) =>
    on(definition, async (tx, { referralId, clientId }, { occurredAt }) => {
      const kind = drafts.has(step) ? 'DRAFT_REFERRAL' : 'REFERRAL';
      if (ends.has(step)) await tx.delete(CaseBlockerEntity, { id: referralId });
      else await tx.upsert(CaseBlockerEntity, { id: referralId, clientId, kind, since: occurredAt }, ['id']);
    }),
  );

/** Copy of what is open for clients in other services. */
export const blockerProjection = defineProjection({
  concern: 'access',
  name: 'case-blocker',
  tables: ['case_blocker'],
  reactions: [...onReferralSteps, ...onCrises, ...onNotes],
});
