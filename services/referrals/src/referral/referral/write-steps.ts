import { writeChange, type Change } from '@throughline/command';
import { referralRequestStatusChanged, type Cause, type Fact } from '@throughline/events';
import { schedule, unschedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { disclosureFact, type DisclosureEntry } from '../disclosure/disclosure.ts';
import { DisclosureEntity } from '../disclosure/disclosure.entity.ts';
import { requestStatusOf, type ReferralRequest } from '../referral-request/referral-request.ts';
import { ReferralRequestEntity } from '../referral-request/referral-request.entity.ts';
import { appendPartnerEvents } from '../partner-event/append-partner-events.ts';
import type { AttestedSource } from './reasons.ts';
import { decide, factOf, type Decided, type Referral } from './referral.ts';
import { ReferralEntity, ReferralTransitionEntity } from './referral.entity.ts';
import { isTaken, isTerminal } from './states.ts';

export const EXPIRE = 'referral.expire';

export interface Followed {
  request: ReferralRequest;
  decided: Decided;
  attestedSource?: AttestedSource | null | undefined;
  disclosures?: DisclosureEntry[];
  facts?: Fact[];
  /** Collects the steps whose events the caller appends, all at once; left out: they are appended here. */
  unannounced?: Decided[];
}

/**
 * What follows from a step: history, ended siblings, the status of the request, the timer, the event of the agency, the
 * ledger and the facts. The request is locked or new, and so is the referral.
 */
export async function followStep(
  tx: EntityManager,
  cause: Cause,
  now: Date,
  change: Followed,
): Promise<Required<Pick<Change<Referral>, 'facts' | 'also'>>> {
  const { request, decided, disclosures = [] } = change;
  const ended = await endSiblings(tx, request, decided, now);
  const steps = [decided, ...ended];
  const status = await statusOf(tx, request, steps);
  const requestFacts = status === request.status ? [] : [statusFact(request, status, now)];
  return {
    facts: [
      ...(change.facts ?? []),
      ...steps.map(({ referral, step }) => factOf(referral, step, now)),
      ...requestFacts,
      ...disclosures.map(disclosureFact),
    ],
    also: async () => {
      for (const { referral } of ended) await tx.update(ReferralEntity, { id: referral.id }, referral);
      for (const step of steps) {
        await tx.insert(ReferralTransitionEntity, transitionOf(step, cause, now, change));
        await setTimer(tx, step.referral);
      }
      for (const entry of disclosures) await tx.insert(DisclosureEntity, entry);
      if (change.unannounced) change.unannounced.push(...steps);
      else await appendPartnerEvents(tx, steps, now);
      if (status !== request.status) await tx.update(ReferralRequestEntity, { id: request.id }, { status });
    },
  };
}

/** For reactions, timers and the reading of a partner: writes a step of a referral that they have locked. */
export async function writeStep(
  tx: EntityManager,
  cause: Cause,
  now: Date,
  { row, ...change }: Followed & { row: Referral },
): Promise<Referral> {
  const follows = await followStep(tx, cause, now, change);
  return writeChange(tx, cause, [ReferralEntity, row], { update: change.decided.referral, ...follows });
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
    lock: { mode: 'for_no_key_update' },
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

/** The status of the request as the steps make it. */
async function statusOf(
  tx: EntityManager,
  { id: requestId, closedAt }: ReferralRequest,
  steps: readonly Decided[],
): Promise<ReferralRequest['status']> {
  const rows = await tx.find(ReferralEntity, { select: { id: true, status: true }, where: { requestId } });
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  for (const { referral } of steps) statuses.set(referral.id, referral.status);
  return requestStatusOf([...statuses.values()], closedAt !== null);
}

function statusFact(
  { id: requestId, clientId, needId }: ReferralRequest,
  to: ReferralRequest['status'],
  now: Date,
): Fact {
  return referralRequestStatusChanged.of(requestId, now, { requestId, clientId, needId, to });
}

async function setTimer(tx: EntityManager, { id, expiresAt }: Referral): Promise<void> {
  const jobKey = `${EXPIRE}:${id}`;
  if (expiresAt) await schedule(tx, EXPIRE, { referralId: id }, { runAt: expiresAt, jobKey });
  else await unschedule(tx, jobKey);
}

function transitionOf({ referral, step }: Decided, { actor }: Cause, at: Date, { attestedSource }: Followed) {
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
