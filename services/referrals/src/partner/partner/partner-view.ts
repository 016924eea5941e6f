import { record } from '@throughline/messaging';
import type { DisclosureDecision, FieldName, ReferralStatus } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { ReleaseBasis } from '../../referral/consent/release-basis.ts';
import type { Context } from '../../context.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import { decideRelease, entryOf } from '../../referral/disclosure/decide-release.ts';
import {
  disclosureFact,
  releasesPersonData,
  type DisclosureEntry,
} from '../../referral/disclosure/disclosure.ts';
import { DisclosureEntity } from '../../referral/disclosure/disclosure.entity.ts';
import { lockReferral } from '../../referral/referral/lock-referral.ts';
import { decide, type Referral } from '../../referral/referral/referral.ts';
import { partnerRoles } from '../../referral/referral/referral-access.ts';
import { writeStep } from '../../referral/referral/write-steps.ts';

/** A referral and the part that its agency may see, decided at this read. */
export interface PartnerView {
  referral: Referral;
  service: Service;
  decision: DisclosureDecision;
  basis: ReleaseBasis | 'UNVERIFIABLE';
  /** The line that this read wrote into the ledger; null when it shows nothing about the person. */
  entry: DisclosureEntry | null;
}

/**
 * Reads a referral for its agency: consent from its owner, decision, ledger, then data. A read that shows anything
 * about the person writes one line; the first read of a sent referral acknowledges it.
 * Source: infra/reference/domain.md 2.8 T4, 3.7 check 12.
 */
export async function viewForPartner(
  context: Context,
  seen: Pick<Referral, 'id' | 'clientId'>,
): Promise<PartnerView | null> {
  const basis = await context.readReleaseBasis(seen.clientId);
  return context.db.transaction(async (tx) => {
    const locked = await lockReferral(tx, seen.id);
    const roles = locked && partnerRoles(context.viewer, locked.row);
    if (!locked || !roles) return null;

    const view = await decideView(tx, context, locked.row, basis);
    // Without an agreement not even a tombstone is shown.
    if (view.decision.kind === 'DENY' && !view.decision.mayShowTombstone) return null;
    const now = context.now();
    const receipt = decide(locked.row, 'acknowledge', { roles }, { now, timeZone: locked.timeZone });
    const disclosures = view.entry ? [view.entry] : [];
    if (view.decision.kind !== 'DENY' && !('blocked' in receipt)) {
      const referral = await writeStep(tx, context.cause, now, { ...locked, decided: receipt, disclosures });
      return { ...view, referral };
    }
    for (const entry of disclosures) await tx.insert(DisclosureEntity, entry);
    await record(tx, context.cause, ...disclosures.map(disclosureFact));
    return view;
  });
}

async function decideView(
  tx: EntityManager,
  { cause, now }: Context,
  referral: Referral,
  basis: PartnerView['basis'],
): Promise<PartnerView> {
  const { actor } = cause;
  const agency = await tx.findOneByOrFail(AgencyEntity, { id: referral.agencyId });
  const service = await tx.findOneByOrFail(ServiceEntity, { id: referral.serviceId });
  const question = { actor, referral, agency, service, basis, now: now() };
  const decision = decideRelease(question);
  const entry = releasesPersonData(decision) ? entryOf(question, decision, 'PARTNER_GRAPH') : null;
  return { referral, service, decision, basis, entry };
}

/** Whether the decision lets a field through. */
export function shows({ decision }: PartnerView, field: FieldName): boolean {
  const fields: readonly FieldName[] = decision.fields;
  return fields.includes(field);
}

const endedBy: ReadonlySet<string> = new Set([
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'SAFETY_BLOCK',
  'RESTRICTED',
]);

/**
 * The status that a partner sees. After a consent ended or an agency was blocked, and before the fact has
 * arrived here, the answer already has the status that follows. Source: infra/reference/domain.md 3.11.
 */
export function statusShown({ referral, decision }: PartnerView): ReferralStatus {
  if (decision.kind !== 'DENY' || !decision.codes.some((code) => endedBy.has(code))) return referral.status;
  return referral.status === 'IN_PROGRESS' ? 'CLOSED_UNRESOLVED' : 'CANCELLED';
}

/** Nothing but id and status is left. */
export function isBlind({ decision }: PartnerView): boolean {
  return decision.kind === 'DENY' || decision.stage === 'TOMBSTONE';
}
