import { mayRead, relationsTo, type Care } from '@throughline/care';
import { command, type Decision, type Tools } from '@throughline/command';
import { dangerReported, referralRequested, uuidV7, type Fact } from '@throughline/events';
import {
  forbidden,
  hasRole,
  invalidInput,
  isProblem,
  notFound,
  type Problem,
  type Viewer,
} from '@throughline/graphql';
import { purposesByAgencyType, type NeedCategory, type Purpose } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Agency } from '../../directory/agency/agency.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { Context } from '../../context.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import type { CreateReferralInput } from '../../generated/graphql.ts';
import { crisisInstead, crisisInsteadOf, type CrisisInstead } from '../crisis/crisis-instead.ts';
import { OpenCrisisEntity } from '../crisis/open-crisis.entity.ts';
import { ClientRestrictionEntity } from '../consent/client-restriction.entity.ts';
import { blockFor } from '../disclosure/disclosure-blocked.ts';
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
import { isOfChoice, offerOf, type Offer } from '../recommendation/from-recommendation.ts';
import { duplicateReferral, findTwin } from './twin.ts';
import { followStep } from './write-steps.ts';

type Drafted = Pick<
  Offer,
  'serviceId' | 'matchScore' | 'declinedOptions' | 'priority' | 'purpose' | 'reasonText' | 'internalNote'
>;

/** The offer and its recipient. */
export interface Target {
  service: Service;
  agency: Agency;
}

/** T1: a draft under a new request or one that exists. Source: infra/reference/domain.md 2.7, 2.8 T1. */
export async function createReferral(
  context: Context,
  given: CreateReferralInput,
): Promise<Referral | Problem> {
  const input = await offerOf(context, given);
  if (isProblem(input)) return input;
  return input.needId ? beginRequest(context, input, input.needId) : offerAgain(context, input);
}

async function beginRequest(context: Context, input: Offer, needId: string): Promise<Referral | Problem> {
  const need = await awaitNeed(context, needId);
  if (!need || !isOfChoice(input, need)) return notFound('Need');
  return command(
    context,
    {
      ...{ name: 'createReferral', input, creates: ReferralEntity, what: 'Need' },
      client: need.clientId,
      again: referralOrCrisis,
      may: (care) => mayCreate(context.viewer, care, need.category),
    },
    async (_care, tools): Promise<Begins> => {
      if (input.dangerToLife) return reportDanger(need.clientId, input.dangerToLife, tools.now);
      const request: ReferralRequest = {
        ...{ id: uuidV7(tools.now), clientId: need.clientId, caseId: need.caseId, needId: need.id },
        ...{ needCategory: need.category, strategy: input.strategy ?? 'SINGLE', status: 'DRAFT' },
        ...{ choices: [], createdBy: tools.viewer.id, createdAt: tools.now, closedAt: null },
        recommendationId: input.recommendationId ?? null,
      };
      return draft(context, { request, isNew: true }, input, tools);
    },
  );
}

function offerAgain(context: Context, input: Offer): Promise<Referral | Problem> {
  return command(
    context,
    {
      ...{ name: 'createReferral', input, creates: ReferralEntity },
      lock: [ReferralRequestEntity, input.requestId ?? ''],
      again: referralOrCrisis,
      may: (care, { needCategory }) => mayCreate(context.viewer, care, needCategory),
    },
    async (request, tools): Promise<Begins> => {
      if (!isOfChoice(input, request)) return notFound('ReferralRequest');
      return input.dangerToLife
        ? reportDanger(request.clientId, input.dangerToLife, tools.now)
        : draft(context, { request, isNew: false }, input, tools);
    },
  );
}

/** A draft, or the crisis in its place. */
type Begins = Decision<Referral, never, Problem, CrisisInstead>;

interface Begun {
  request: ReferralRequest;
  isNew: boolean;
}

/** The draft and, when it is the first, its request. The request is locked or new. */
export async function draft(
  { cause }: Context,
  { request, isNew }: Begun,
  input: Drafted & { reroutedFromId?: string },
  { tx, now, viewer, care }: Tools,
): Promise<Decision<Referral, never>> {
  if (!care?.caseOpen) return forbidden('The case is closed.');
  if (!isNew && !mayOfferAgain(request)) return forbidden(answered);
  const target = await findTarget(tx, input);
  if (isProblem(target)) return target;
  const limits = await tx.findOneBy(ClientRestrictionEntity, { clientId: request.clientId });
  const block = blockFor(limits, target.agency.id);
  if (block) return block;
  const open = await tx.findBy(OpenCrisisEntity, { clientId: request.clientId });
  const instead = crisisInsteadOf(input.priority, open, mayRead(viewer, care, 'ALERTS'));
  if (instead) return instead;
  const twin = await findTwin(tx, { ...request, serviceId: input.serviceId });
  if (twin) return duplicateReferral(twin);

  const chosen = { ...request, choices: [...request.choices, choiceOf(input)] };
  const caseManagerId = care.caseManagerId ?? viewer.id;
  const referral = newReferral(chosen, target, { ...input, caseManagerId, now });
  const step = { ...created, rule: input.reroutedFromId ? ('T24' as const) : ('T1' as const) };
  const facts = isNew ? [requestedFact(chosen, now)] : [];
  const follows = await followStep(tx, cause, now, { request: chosen, decided: { referral, step }, facts });
  // The row that the new one belongs to comes first.
  if (isNew) await tx.insert(ReferralRequestEntity, chosen);
  else await tx.update(ReferralRequestEntity, { id: request.id }, { choices: chosen.choices });
  return { insert: referral, ...follows };
}

/** The treatment service opens the crisis; no referral is made. Source: infra/reference/domain.md 2.10. */
function reportDanger(clientId: string, cause: string, now: Date) {
  return { answer: crisisInstead(null), facts: [dangerReported.of(clientId, now, { clientId, cause })] };
}

/** The answer of a repeated key: a danger that was reported has no referral. */
function referralOrCrisis(tx: EntityManager, id: string): Promise<object> {
  return id ? tx.findOneByOrFail(ReferralEntity, { id }) : Promise.resolve(crisisInstead(null));
}

const answered = 'This request already has an answer, or waits for one; it takes no further referral now.';

const created = {
  ...{ command: 'create' as const, from: null, to: 'DRAFT' as const },
  ...{ reason: null, note: null, fact: 'created' as const },
};

function requestedFact({ id, clientId }: ReferralRequest, now: Date): Fact {
  return referralRequested.of(id, now, { requestId: id, clientId });
}

/**
 * Intake workers make referrals for practical needs while the case has no case manager. They may not know
 * clinical needs, or clients who have a case manager. Source: infra/reference/domain.md 2.8 T1.
 */
export function mayCreate(viewer: Viewer, care: Care | null, needCategory: NeedCategory): boolean {
  const relations = relationsTo(viewer, care);
  const works = relations.some((one) => ['OWN_CASELOAD', 'CARE_TEAM', 'COVER'].includes(one));
  if (works) return hasRole(viewer, 'CASE_MANAGER', 'PEER_SPECIALIST');
  const practical = partOfNeed(needCategory) === 'REFERRALS';
  return hasRole(viewer, 'INTAKE_WORKER') && relations.includes('QUEUE') && practical;
}

async function findTarget(tx: EntityManager, { serviceId, purpose }: Drafted): Promise<Target | Problem> {
  const service = await tx.findOneBy(ServiceEntity, { id: serviceId });
  if (!service) return notFound('Service');
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
