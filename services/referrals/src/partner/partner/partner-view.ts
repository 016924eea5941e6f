import type { DisclosureDecision, FieldName, ReferralStatus } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { ReleaseBasis } from '../../referral/consent/release-basis.ts';
import type { Context } from '../../context.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import {
  decideRelease,
  entryOf,
  type Asked,
  type ReleaseQuestion,
} from '../../referral/disclosure/decide-release.ts';
import { recordRead } from '../../referral/disclosure/record-read.ts';
import { countable, releasesPersonData, type DisclosureEntry } from '../../referral/disclosure/disclosure.ts';
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
  /** The line of the ledger for this answer; null when the answer shows nothing about the person. */
  entry: DisclosureEntry | null;
}

/**
 * Reads a referral for its agency: consent from its owner, decision, ledger, then data. A read that shows anything about
 * the person is in the ledger before it is answered; when that cannot be written, nothing is answered. The first read of
 * a sent referral acknowledges it.
 * Source: infra/reference/domain.md 2.8 T4, 3.7 check 12
 */
export async function viewForPartner(
  context: Context,
  seen: Pick<Referral, 'id' | 'clientId'>,
  asked: Asked,
): Promise<PartnerView | null> {
  const basis = await context.readReleaseBasis(seen.clientId);
  return context.db.transaction(async (tx) => {
    const locked = await lockReferral(tx, seen.id);
    const roles = locked && partnerRoles(context.viewer, locked.row);
    if (!locked || !roles) return null;

    const now = context.now();
    const question = await questionOf(tx, context, locked.row, basis);
    const decision = decideRelease(question);
    // Without an agreement not even a tombstone is shown.
    if (decision.kind === 'DENY' && !decision.mayShowTombstone) return null;
    const view = { referral: locked.row, service: question.service, decision, basis };
    const released = decideRelease({ ...question, asked });
    const receipt = decide(locked.row, 'acknowledge', { roles }, { now, timeZone: locked.timeZone });
    const isFirst = decision.kind !== 'DENY' && !('blocked' in receipt);
    const version = locked.row.version + (isFirst ? 1 : 0);
    const entry = releasesPersonData(released)
      ? countable(entryOf(question, released, 'PARTNER_GRAPH'), version)
      : null;
    if (isFirst) {
      const change = { ...locked, decided: receipt, disclosures: entry ? [entry] : [] };
      return { ...view, referral: await writeStep(tx, context.cause, now, change), entry };
    }
    return { ...view, entry: entry && (await recordRead(tx, context.cause, entry)) };
  });
}

async function questionOf(
  tx: EntityManager,
  { cause, now }: Context,
  referral: Referral,
  basis: PartnerView['basis'],
): Promise<ReleaseQuestion> {
  const { actor } = cause;
  const agency = await tx.findOneByOrFail(AgencyEntity, { id: referral.agencyId });
  const service = await tx.findOneByOrFail(ServiceEntity, { id: referral.serviceId });
  return { actor, referral, agency, service, basis, now: now() };
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
