import { act } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { createReferral } from './create-referral.ts';
import { listReferrals } from './list-referrals.ts';
import {
  cancelReferral,
  enterReferralInError,
  provideReferralInfo,
  recordReferralOutcome,
  rerouteReferral,
  submitReferral,
} from './referral.commands.ts';
import { mayOfferAgain } from '../referral-request/referral-request.ts';
import { readable, staffRoles } from './referral-access.ts';
import { allowedCommands, type Referral } from './referral.ts';
import { sendReferral } from './send-referral.ts';

async function find(id: string, { loaders, care }: Context): Promise<Referral | null> {
  return readable(care, await loaders.referralById.load(id));
}

/** Another offer under the request of a referral that ended: the case is open and the request has no answer. */
async function mayReroute({ clientId, requestId }: Referral, { loaders, care }: Context): Promise<boolean> {
  const [found, request] = await Promise.all([care.load(clientId), loaders.requestById.load(requestId)]);
  return found?.caseOpen === true && request !== null && mayOfferAgain(request);
}

/** The outcome without what the agency wrote in its own words. */
function withoutTexts(outcome: NonNullable<Referral['outcome']>): NonNullable<Referral['outcome']> {
  return { ...outcome, enrollmentStatus: null, note: null };
}

export const resolvers: Resolvers = {
  Query: {
    referral: (_root, { id }, context) => find(id, context),
    referrals: (_root, args, context) => listReferrals(context, args),
  },
  Mutation: {
    createReferral: act(createReferral),
    submitReferral: act(submitReferral),
    sendReferral: act(sendReferral),
    provideReferralInfo: act(provideReferralInfo),
    cancelReferral: act(cancelReferral),
    recordReferralOutcome: act(recordReferralOutcome),
    rerouteReferral: act(rerouteReferral),
    enterReferralInError: act(enterReferralInError),
  },
  Referral: {
    __resolveReference: ({ id }, context) => find(id, context),
    request: ({ requestId }, _args, { loaders }) => loaders.requestById.load(requestId),
    client: ({ clientId }) => ({ id: clientId }),
    agency: ({ agencyId }, _args, { loaders }) => loaders.agencyById.load(agencyId) as never,
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
    allowedCommands: async (referral, _args, context) => {
      const roles = staffRoles(context.viewer, await context.care.load(referral.clientId));
      const allowed = allowedCommands(referral, { roles }, context.now());
      if (!allowed.includes('reroute') || (await mayReroute(referral, context))) return allowed;
      return allowed.filter((command) => command !== 'reroute');
    },
    outcome: async ({ outcome, clientId }, _args, { care }) =>
      outcome && ((await care.mayRead(clientId, 'NARRATIVE')) ? outcome : withoutTexts(outcome)),
    caseManager: ({ caseManagerId }) => ({ id: caseManagerId }),
    dueAt: ({ decideBy }) => decideBy,
    consents: ({ consentIds }) => consentIds.map((id) => ({ id })),
    transitions: ({ id }, _args, { loaders }) => loaders.transitionsByReferral.load(id),
    disclosures: ({ id }, _args, { loaders }) => loaders.disclosuresByReferral.load(id),
    reroutedFrom: ({ reroutedFromId }, _args, { loaders }) =>
      reroutedFromId ? loaders.referralById.load(reroutedFromId) : null,
  },
  DuplicateReferral: {
    referral: ({ referral }, _args, context) => (referral ? find(referral.id, context) : null),
  },
  ReferralTransition: {
    note: async ({ referralId, note }, _args, context) => {
      const referral = note === null ? null : await context.loaders.referralById.load(referralId);
      return referral && (await context.care.mayRead(referral.clientId, 'NARRATIVE')) ? note : null;
    },
    staff: ({ actorKind, actorId }) => (actorKind === 'STAFF' ? { id: actorId } : null),
    agency: ({ actorAgencyId, onBehalfOf }, _args, { loaders }) => {
      const id = actorAgencyId ?? onBehalfOf;
      return id ? loaders.agencyById.load(id) : null;
    },
  },
  Disclosure: {
    agency: ({ agencyId }, _args, { loaders }) => loaders.agencyById.load(agencyId) as never,
  },
};
