import { relationsTo, type Care } from '@throughline/care';
import { referralRequested, uuidV7, type Fact } from '@throughline/events';
import {
  forbidden,
  hasRole,
  invalidInput,
  isUuid,
  notFound,
  type Forbidden,
  type IdempotencyConflict,
  type InputIssue,
  type InvalidInput,
  type NotFound,
} from '@throughline/graphql';
import { once } from '@throughline/messaging';
import { purposesByAgencyType, type Purpose } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Agency } from '../../directory/agency/agency.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { Context } from '../../context.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import type { CreateReferralInput } from '../../generated/graphql.ts';
import { awaitNeed } from '../need/find-need.ts';
import {
  mayOfferAgain,
  type ClientChoice,
  type ReferralRequest,
} from '../referral-request/referral-request.ts';
import { ReferralRequestEntity } from '../referral-request/referral-request.entity.ts';
import { newReferral } from './new-referral.ts';
import { partOfNeed } from './referral-access.ts';
import type { Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import { duplicateReferral, findTwin, type DuplicateReferral } from './twin.ts';
import { writeStep } from './write-steps.ts';

export type NotCreated = NotFound | Forbidden | InvalidInput | DuplicateReferral;
export type Created = Referral | NotCreated | IdempotencyConflict;
type Drafted = Pick<
  CreateReferralInput,
  'serviceId' | 'matchScore' | 'declinedOptions' | 'priority' | 'purpose' | 'reasonText' | 'internalNote'
>;

/** The offer and its recipient. */
export interface Target {
  service: Service;
  agency: Agency;
}

/** T1: a draft under a new request or one that exists. Source: infra/reference/domain.md 2.7, 2.8 T1. */
export async function createReferral(context: Context, input: CreateReferralInput): Promise<Created> {
  const { db, viewer } = context;
  if (!input.requestId === !input.needId)
    return invalidInput([
      { path: 'needId', code: 'ONE_OF', message: 'Give the need, or a request that exists; not both.' },
    ]);
  const issues = faultsOf(input);
  if (issues.length > 0) return invalidInput(issues);

  const need = input.needId ? await awaitNeed(db, input.needId) : null;
  if (input.needId && !need) return notFound('need');
  if (need) await context.care.awaitFor(viewer, need.clientId);
  const attempt = { viewerId: viewer.id, command: 'createReferral', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Created>(
      tx,
      attempt,
      async () => {
        const begun = need ? beginRequest(context, need, input) : await lockRequest(tx, input.requestId);
        if (!begun) return notFound('request');
        return draft(tx, context, begun, input);
      },
      (id) => findCreated(tx, context, id),
    ),
  );
}

/** The referral of a repeated key. A viewer who no longer works with the client gets NotFound. */
export async function findCreated(
  tx: EntityManager,
  context: Context,
  id: string,
): Promise<Referral | NotFound> {
  const referral = await tx.findOneByOrFail(ReferralEntity, { id });
  const care = (await context.care.careIn(tx, [referral.clientId])).get(referral.clientId) ?? null;
  return mayCreate(context, care, referral) ? referral : notFound('referral');
}

interface Begun {
  request: ReferralRequest;
  isNew: boolean;
}

function beginRequest(
  { viewer, now }: Context,
  need: { id: string; clientId: string; caseId: string; category: Referral['needCategory'] },
  { strategy }: CreateReferralInput,
): Begun {
  const request: ReferralRequest = {
    id: uuidV7(now()),
    clientId: need.clientId,
    caseId: need.caseId,
    needId: need.id,
    needCategory: need.category,
    strategy: strategy ?? 'SINGLE',
    status: 'DRAFT',
    choices: [],
    createdBy: viewer.id,
    createdAt: now(),
    closedAt: null,
  };
  return { request, isNew: true };
}

async function lockRequest(tx: EntityManager, id: string | null | undefined): Promise<Begun | null> {
  if (!id || !isUuid(id)) return null;
  const request = await tx.findOne(ReferralRequestEntity, {
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  return request && { request, isNew: false };
}

/** Writes the draft and, when it is the first, its request. The request is locked or new. */
export async function draft(
  tx: EntityManager,
  context: Context,
  { request, isNew }: Begun,
  input: Drafted & { reroutedFromId?: string },
): Promise<Referral | NotCreated> {
  const care = (await context.care.careIn(tx, [request.clientId])).get(request.clientId) ?? null;
  if (!mayCreate(context, care, request)) return notFound(isNew ? 'need' : 'request');
  if (!care?.caseOpen) return forbidden('The case is closed.');
  if (!isNew && !mayOfferAgain(request))
    return forbidden(
      'This request already has an answer, or waits for one; it takes no further referral now.',
    );

  const target = await findTarget(tx, input);
  if ('kind' in target) return target;
  const twin = await findTwin(tx, { ...request, serviceId: input.serviceId });
  if (twin) return duplicateReferral(twin);

  const choice = choiceOf(input);
  const chosen = { ...request, choices: [...request.choices, choice] };
  if (isNew) await tx.insert(ReferralRequestEntity, chosen);
  else await tx.update(ReferralRequestEntity, { id: request.id }, { choices: chosen.choices });
  const now = context.now();
  const referral = newReferral(chosen, target, {
    ...input,
    caseManagerId: care.caseManagerId ?? context.viewer.id,
    now,
  });
  return writeStep(tx, context.cause, now, {
    request: chosen,
    decided: {
      referral,
      step: {
        rule: input.reroutedFromId ? 'T24' : 'T1',
        command: 'create',
        from: null,
        to: 'DRAFT',
        reason: null,
        note: null,
        fact: 'created',
      },
    },
    isNew: true,
    facts: isNew ? [requestedFact(chosen, now)] : [],
  });
}

function requestedFact({ id, clientId, needId, strategy }: ReferralRequest, now: Date): Fact {
  return referralRequested.of(id, now, { requestId: id, clientId, needId, strategy });
}

/**
 * Intake workers make referrals for practical needs while the case has no case manager. They may not know
 * clinical needs, or clients who have a case manager. Source: infra/reference/domain.md 2.8 T1.
 */
function mayCreate(
  { viewer }: Context,
  care: Care | null,
  { needCategory }: Pick<ReferralRequest, 'needCategory'>,
): boolean {
  const relations = relationsTo(viewer, care);
  if (relations.includes('OWN_CASELOAD')) return hasRole(viewer, 'CASE_MANAGER', 'PEER_SPECIALIST');
  const practical = partOfNeed(needCategory) === 'REFERRALS';
  return hasRole(viewer, 'INTAKE_WORKER') && relations.includes('QUEUE') && practical;
}

async function findTarget(tx: EntityManager, { serviceId, purpose }: Drafted): Promise<Target | NotCreated> {
  const service = isUuid(serviceId) ? await tx.findOneBy(ServiceEntity, { id: serviceId }) : null;
  if (!service) return notFound('service');
  if (service.status !== 'ACTIVE' || !service.acceptsReferrals)
    return forbidden('This service is closed or takes no referrals now; choose another one.');
  const agency = await tx.findOneByOrFail(AgencyEntity, { id: service.agencyId });
  if (agency.status !== 'ACTIVE') return forbidden('The agency of this service is not active.');
  if (purpose && !purposesByAgencyType[agency.agencyType].includes(purpose as Purpose)) {
    const allowed = `For this kind of agency: ${purposesByAgencyType[agency.agencyType].join(', ')}.`;
    return invalidInput([{ path: 'purpose', code: 'NOT_ALLOWED', message: allowed }]);
  }
  return { service, agency };
}

function choiceOf({ serviceId, matchScore, declinedOptions }: Drafted): ClientChoice {
  return {
    serviceId,
    matchScore: matchScore ?? null,
    declinedOptions: (declinedOptions ?? []).map((option) => ({
      serviceId: option.serviceId,
      reason: option.reason,
    })),
  };
}

const longest = { reasonText: 4_000, internalNote: 4_000 };

function faultsOf(input: Drafted): InputIssue[] {
  const tooLong = (['reasonText', 'internalNote'] as const).filter(
    (name) => (input[name] ?? '').length > longest[name],
  );
  const notText = (['reasonText', 'internalNote'] as const).filter((name) => input[name]?.includes('\0'));
  const score = input.matchScore ?? 0;
  const options = input.declinedOptions ?? [];
  return [
    ...notText.map((path) => ({
      path,
      code: 'NOT_TEXT',
      message: 'It contains characters that are not text.',
    })),
    ...tooLong.map((path) => ({ path, code: 'TOO_LONG', message: `At most ${longest[path]} characters.` })),
    ...(score < 0 || score > 100
      ? [{ path: 'matchScore', code: 'OUT_OF_RANGE', message: 'A score is from 0 to 100.' }]
      : []),
    ...(options.length > 50
      ? [{ path: 'declinedOptions', code: 'TOO_MANY', message: 'At most 50 options.' }]
      : []),
    ...options.flatMap(({ serviceId, reason }, index) =>
      !isUuid(serviceId) || reason.length > 500
        ? [
            {
              path: `declinedOptions.${index}`,
              code: 'INVALID',
              message: 'Give a service and a reason of at most 500 characters.',
            },
          ]
        : [],
    ),
  ];
}
