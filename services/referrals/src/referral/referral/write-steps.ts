import { referralRequestStatusChanged, type Cause, type Fact } from '@throughline/events';
import { record, schedule, unschedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { disclosureFact, type DisclosureEntry } from '../disclosure/disclosure.ts';
import { DisclosureEntity } from '../disclosure/disclosure.entity.ts';
import { requestStatusOf, type ReferralRequest } from '../referral-request/referral-request.ts';
import { ReferralRequestEntity } from '../referral-request/referral-request.entity.ts';
import { appendPartnerEvents } from '../../delivery/webhook/append-partner-events.ts';
import type { AttestedSource } from './reasons.ts';
import { decide, factOf, type Decided, type Referral } from './referral.ts';
import { ReferralEntity, ReferralTransitionEntity } from './referral.entity.ts';
import { isTaken, isTerminal } from './states.ts';

export const EXPIRE = 'referral.expire';

export interface Change {
  request: ReferralRequest;
  decided: Decided;
  isNew?: boolean;
  attestedSource?: AttestedSource | null | undefined;
  disclosures?: DisclosureEntry[];
  facts?: Fact[];
}

/**
 * Writes a transition with everything that follows: history, other referrals that end, status of the request,
 * timer, event for the agency, ledger and facts. The caller has locked the request and the referral.
 */
export async function writeStep(
  tx: EntityManager,
  cause: Cause,
  now: Date,
  change: Change,
): Promise<Referral> {
  const { request, decided, disclosures = [] } = change;
  const ended = await endSiblings(tx, request, decided, now);
  const steps = [decided, ...ended];
  for (const [index, step] of steps.entries()) {
    const isNew = index === 0 && change.isNew === true;
    await (isNew
      ? tx.insert(ReferralEntity, step.referral)
      : tx.update(ReferralEntity, { id: step.referral.id }, step.referral));
    await tx.insert(ReferralTransitionEntity, transitionOf(step, cause, now, change));
    await setTimer(tx, step.referral);
  }
  for (const entry of disclosures) await tx.insert(DisclosureEntity, entry);
  await appendPartnerEvents(tx, steps, now);
  await record(
    tx,
    cause,
    ...(change.facts ?? []),
    ...steps.map(({ referral, step }) => factOf(referral, step, now)),
    ...(await followRequest(tx, request, now)),
    ...disclosures.map(disclosureFact),
  );
  return decided.referral;
}

/**
 * After one acceptance the other offers end in the same transaction. Source: infra/reference/domain.md 2.8 T16.
 */
async function endSiblings(
  tx: EntityManager,
  { strategy }: ReferralRequest,
  { referral, step }: Decided,
  now: Date,
): Promise<Decided[]> {
  const taken = isTaken(referral.status) && !(step.from && isTaken(step.from));
  if (strategy !== 'FIRST_ACCEPTS' || !taken) return [];
  const siblings = await tx.find(ReferralEntity, {
    where: { requestId: referral.requestId },
    // The order in which every command locks, so that two never wait for each other.
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  return siblings
    .filter(({ id, status }) => id !== referral.id && !isTerminal(status))
    .flatMap((sibling) => {
      const outcome = decide(
        sibling,
        'supersede',
        { roles: ['SYSTEM'] },
        { now, timeZone: 'UTC', bySystem: true },
      );
      return 'blocked' in outcome ? [] : [outcome];
    });
}

async function followRequest(tx: EntityManager, request: ReferralRequest, now: Date): Promise<Fact[]> {
  const rows = await tx.find(ReferralEntity, { select: { status: true }, where: { requestId: request.id } });
  const to = requestStatusOf(
    rows.map(({ status }) => status),
    request.closedAt !== null,
  );
  if (to === request.status) return [];
  await tx.update(ReferralRequestEntity, { id: request.id }, { status: to });
  const { id: requestId, clientId, needId, status: from } = request;
  return [referralRequestStatusChanged.of(requestId, now, { requestId, clientId, needId, from, to })];
}

async function setTimer(tx: EntityManager, { id, expiresAt }: Referral): Promise<void> {
  const jobKey = `${EXPIRE}:${id}`;
  if (expiresAt) await schedule(tx, EXPIRE, { referralId: id }, { runAt: expiresAt, jobKey });
  else await unschedule(tx, jobKey);
}

function transitionOf({ referral, step }: Decided, { actor }: Cause, at: Date, { attestedSource }: Change) {
  const superseded = step.command === 'supersede';
  return {
    referralId: referral.id,
    seq: referral.version,
    rule: step.rule,
    command: step.command,
    from: step.from,
    to: step.to,
    actorKind: superseded ? ('SYSTEM' as const) : actor.kind,
    actorId: superseded ? 'referrals' : actor.id,
    actorAgencyId: superseded ? null : (actor.agencyId ?? null),
    onBehalfOf: attestedSource ? referral.agencyId : null,
    reason: superseded ? 'SUPERSEDED' : step.reason,
    note: step.note,
    at,
  };
}
