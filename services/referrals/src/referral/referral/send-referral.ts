import { mayRead } from '@throughline/care';
import type { Tools } from '@throughline/command';
import type { Problem } from '@throughline/graphql';
import { forbidden, isUuid } from '@throughline/graphql';
import { In, Not, type EntityManager } from 'typeorm';
import { lockStanding } from '../../directory/agency/agency.entity.ts';
import { blockFor, blockOf, type DisclosureBlocked } from '../disclosure/disclosure-blocked.ts';
import { crisisInsteadOf } from '../crisis/crisis-instead.ts';
import { OpenCrisisEntity } from '../crisis/open-crisis.entity.ts';
import { ClientRestrictionEntity } from '../consent/client-restriction.entity.ts';
import { ConsentScopeEntity } from '../consent/consent-scope.entity.ts';
import type { ReleaseBasis } from '../consent/release-basis.ts';
import type { Context } from '../../context.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import {
  decideRelease,
  entryOf,
  everything,
  refusalOf,
  refusalsOf,
  type Refusal,
} from '../disclosure/decide-release.ts';
import type { ReferralStepInput } from '../../generated/graphql.ts';
import { changeReferral } from './change-referral.ts';
import { type Locked } from './lock-referral.ts';
import { deadlinesOf } from './deadlines.ts';
import type { Decided, Referral } from './referral.ts';
import { isTaken } from './states.ts';
import { ReferralEntity } from './referral.entity.ts';
import { staffRoles } from './referral-access.ts';
import { duplicateReferral, findTwin } from './twin.ts';
import type { Followed } from './write-steps.ts';

export interface ConsentRequired extends Problem {
  kind: 'ConsentRequired';
  reasons: Refusal[];
}

/** T3: releases a referral, if the consent of its owner permits it at this moment. */
export async function sendReferral(context: Context, input: ReferralStepInput): Promise<Referral | Problem> {
  const clientId = await clientOf(context, input.id);
  // Before the transaction: a slow answer must not hold locks.
  const basis = clientId ? await context.readReleaseBasis(clientId) : 'UNVERIFIABLE';
  return changeReferral(context, input, {
    ...{ mutation: 'sendReferral', command: 'send', isOfStaff: true },
    rolesFor: (_referral, care) => staffRoles(context.viewer, care),
    finish: (tools, decided, locked) => release(context, tools, decided, { ...locked, basis }),
  });
}

async function release(
  { cause }: Context,
  { tx, now, viewer, care }: Tools,
  decided: Decided,
  { request, row: before, basis, timeZone }: Locked & { basis: ReleaseBasis | 'UNVERIFIABLE' },
): Promise<Partial<Followed> | Problem> {
  const service = await tx.findOneByOrFail(ServiceEntity, { id: before.serviceId });
  if (service.status !== 'ACTIVE' || !service.acceptsReferrals)
    return forbidden('This service is closed or takes no referrals now; choose another one.');
  if (request.strategy !== 'PARALLEL' && (await isAnswered(tx, request.id)))
    return forbidden('Another agency has already accepted this request.');
  const open = await tx.findBy(OpenCrisisEntity, { clientId: before.clientId });
  const instead = crisisInsteadOf(before.priority, open, mayRead(viewer, care, 'ALERTS'));
  if (instead) return instead;
  const twin = await findTwin(tx, before);
  if (twin) return duplicateReferral(twin);

  const agency = await lockStanding(tx, before.agencyId);
  const question = { actor: cause.actor, referral: decided.referral, agency, service, basis, now };
  const decision = decideRelease(question);
  if (decision.kind === 'DENY') return blockOf(decision) ?? consentRequired(refusalsOf(decision));
  const block = await blockNow(tx, before);
  if (block) return block;
  if (await hasEnded(tx, decision.consentIds)) return consentRequired([refusalOf('CONSENT_UNVERIFIABLE')]);

  const released = decideRelease({ ...question, asked: everything });
  const disclosures = released.kind === 'DENY' ? [] : [entryOf(question, released, 'REFERRAL')];
  const referral = {
    ...decided.referral,
    ...deadlinesOf(before.priority, now, timeZone),
    consentIds: [...decision.consentIds],
    labelsReleased: released.kind === 'DENY' ? [] : [...released.labels],
  };
  return { decided: { ...decided, referral }, disclosures };
}

/**
 * A consent that ended between the read and the lock of this referral. A consent that ends later finds the
 * referral sent, because its reaction waits for the same lock.
 */
function hasEnded(tx: EntityManager, consentIds: readonly string[]): Promise<boolean> {
  return tx.existsBy(ConsentScopeEntity, { consentId: In([...consentIds]), status: Not('ACTIVE') });
}

/**
 * A restriction or a block that was set after the read of the client's privacy; the same lock orders the two.
 */
async function blockNow(
  tx: EntityManager,
  { clientId, agencyId }: Referral,
): Promise<DisclosureBlocked | null> {
  return blockFor(await tx.findOneBy(ClientRestrictionEntity, { clientId }), agencyId);
}

async function isAnswered(tx: EntityManager, requestId: string): Promise<boolean> {
  const rows = await tx.find(ReferralEntity, { select: { status: true }, where: { requestId } });
  return rows.some(({ status }) => isTaken(status));
}

/**
 * Null for an unknown referral and for a referral of somebody else: neither needs a call, and both take the
 * same time.
 */
async function clientOf({ db, viewer, care }: Context, id: string): Promise<string | null> {
  const referral = isUuid(id) ? await db.manager.findOneBy(ReferralEntity, { id }) : null;
  if (!referral || staffRoles(viewer, await care.load(referral.clientId)).length === 0) return null;
  return referral.clientId;
}

function consentRequired(reasons: Refusal[]): ConsentRequired {
  const message = 'Nothing was sent: what the client has consented to does not cover this referral.';
  return { kind: 'ConsentRequired', message, reasons };
}
