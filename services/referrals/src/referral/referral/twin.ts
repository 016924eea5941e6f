import type { Problem } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import type { Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import { isTerminal } from './states.ts';

export interface DuplicateReferral extends Problem {
  kind: 'DuplicateReferral';
  referral: Referral;
}

/** What makes two referrals twins. */
type Offer = Pick<Referral, 'clientId' | 'needCategory' | 'serviceId'> & { id?: string };

/**
 * A live referral of the client for the same kind of need and the same service, in any request. A lock orders
 * these checks, so that two transactions cannot both find nothing; a unique index guards the same rule.
 */
export async function findTwin(
  tx: EntityManager,
  { id, clientId, needCategory, serviceId }: Offer,
): Promise<Referral | null> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `referral/${clientId}/${needCategory}/${serviceId}`,
  ]);
  const rows = await tx.findBy(ReferralEntity, { clientId, needCategory, serviceId });
  return rows.find((row) => row.id !== id && !isTerminal(row.status)) ?? null;
}

export function duplicateReferral(referral: Referral): DuplicateReferral {
  const message = 'The client already has a referral to this service for this need that has not ended.';
  return { kind: 'DuplicateReferral', message, referral };
}
