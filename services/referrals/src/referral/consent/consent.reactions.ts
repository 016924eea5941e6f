import {
  caseClosed,
  clientRestrictionChanged,
  consentExpired,
  consentRevoked,
  consentSuperseded,
  type Cause,
} from '@throughline/events';
import { on, schedule, type Job, type Reaction, type Received } from '@throughline/messaging';
import { CareEntity } from '@throughline/care';
import type { EntityManager } from 'typeorm';
import { endReferrals } from '../referral/end-referrals.ts';
import { lockOpenReferrals } from '../referral/lock-referral.ts';
import { isUnderWay } from '../referral/states.ts';
import type { Referral } from '../referral/referral.ts';
import { ReferralEntity } from '../referral/referral.entity.ts';
import type { ConsentScope } from './consent-scope.ts';
import { forbidsAgency } from './client-restriction.ts';
import { ConsentScopeEntity } from './consent-scope.entity.ts';

export const CASE_CLOSED = 'referral.case-closed';
const graceMs = 24 * 60 * 60 * 1000;

/**
 * Ends referrals that depended on a consent that ended. Runs after the copy was written, in the same
 * transaction: a referral that is being sent at this moment either waits for the lock and reads the copy, or is
 * found here as sent. Source: infra/reference/domain.md 3.11.
 */
export function consentReactions(now: () => Date): Reaction[] {
  const ended = (reason: 'CONSENT_REVOKED' | 'CONSENT_EXPIRED') => {
    return async (
      tx: EntityManager,
      consent: { consentId: string; clientId: string },
      received: Received,
    ): Promise<void> => {
      const open = await lockOpenReferrals(tx, consent.clientId);
      const affected = await withoutConsent(tx, open, consent);
      await endReferrals(tx, causedBy(received), affected, { reason, now: now() });
    };
  };
  return [
    on(consentSuperseded, async (tx, { supersededId, ...scope }, received) => {
      const open = await lockOpenReferrals(tx, scope.clientId);
      // Referrals that depended on the old consent depend on its successor: its end must find them.
      await tx.query(
        `update referral set consent_ids = array_replace(consent_ids, $1, $2) where consent_ids @> $3`,
        [supersededId, scope.consentId, [supersededId]],
      );
      const affected = open.filter(
        (referral) =>
          isUnderWay(referral) && referral.consentIds.includes(supersededId) && !reaches(scope, referral),
      );
      await endReferrals(tx, causedBy(received), affected, { reason: 'CONSENT_REVOKED', now: now() });
    }),
    on(consentRevoked, ended('CONSENT_REVOKED')),
    on(consentExpired, ended('CONSENT_EXPIRED')),
    on(clientRestrictionChanged, async (tx, limits, received) => {
      const open = await lockOpenReferrals(tx, limits.clientId);
      const affected = open.filter(
        (referral) => isUnderWay(referral) && forbidsAgency(limits, referral.agencyId),
      );
      await endReferrals(tx, causedBy(received), affected, { reason: 'SAFETY_BLOCK', now: now() });
    }),
  ];
}
/**
 * A day later the referrals of the case end, unless the case was opened again. When the client has died they end at once.
 * Source: infra/reference/domain.md 1.2.
 */
export function onCaseClosed(now: () => Date): Reaction {
  return on(caseClosed, async (tx, { clientId, reason }, received) => {
    if (reason === 'DECEASED') {
      const open = await lockOpenReferrals(tx, clientId);
      const ending = { reason: 'CLIENT_DECEASED' as const, now: now() };
      return endReferrals(tx, causedBy(received), open.filter(isUnderWay), ending);
    }
    const runAt = new Date(now().getTime() + graceMs);
    await schedule(tx, CASE_CLOSED, { clientId }, { runAt, jobKey: `${CASE_CLOSED}:${clientId}` });
  });
}

/** A day after a case was closed, unless it was opened again: an accidental closure must not end referrals. */
export function endForClosedCase(now: () => Date): Job {
  return async (payload, { dataSource }) => {
    const { clientId } = payload as { clientId: string };
    const cause: Cause = { actor: { kind: 'SYSTEM', id: 'referrals' }, correlationId: clientId };
    await dataSource.transaction(async (tx) => {
      const care = await tx.findOneBy(CareEntity, { clientId });
      if (care?.caseOpen) return;
      const referrals = await tx.findBy(ReferralEntity, { clientId });
      await endReferrals(tx, cause, referrals.filter(isUnderWay), { reason: 'CASE_CLOSED', now: now() });
    });
  };
}

/** Referrals that depended on the consent; all live referrals when no other consent is left. */
async function withoutConsent(
  tx: EntityManager,
  open: readonly Referral[],
  { clientId, consentId }: { clientId: string; consentId: string },
): Promise<Referral[]> {
  const hasAnother = await tx.existsBy(ConsentScopeEntity, { clientId, status: 'ACTIVE' });
  return open.filter(
    (referral) => isUnderWay(referral) && (!hasAnother || referral.consentIds.includes(consentId)),
  );
}

/**
 * Whether a referral can still depend on this scope. A class is left to the decision at each read, because the
 * fact does not say who belongs to it.
 */
function reaches(scope: Omit<ConsentScope, 'status'>, { agencyId, purpose }: Referral): boolean {
  const { recipientAgencyIds, recipientClasses, purposes } = scope;
  const names = recipientAgencyIds.includes(agencyId) || recipientClasses.length > 0;
  return names && purposes.includes(purpose);
}

function causedBy({ cause, id }: Received): Cause {
  return {
    actor: { kind: 'SYSTEM', id: 'referrals' },
    correlationId: cause.correlationId,
    causationId: id,
  };
}
