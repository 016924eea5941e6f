import { hasRole, roleForbidden, typeOf } from '@throughline/graphql';
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
import { mayReadReferral, staffRoles } from './referral-access.ts';
import { allowedCommands, type Referral } from './referral.ts';
import { sendReferral } from './send-referral.ts';

async function readable(id: string, { viewer, loaders }: Context): Promise<Referral | null> {
  const referral = await loaders.referralById.load(id);
  if (!referral || viewer.graph !== 'STAFF') return null;
  return mayReadReferral(viewer, await loaders.careTeamByClient.load(referral.clientId)) ? referral : null;
}

async function rolesTo({ clientId }: Referral, { viewer, loaders }: Context) {
  return staffRoles(viewer, await loaders.careTeamByClient.load(clientId));
}

/** Another offer under the request of a referral that ended: the case is open and the request has no answer. */
async function mayReroute({ clientId, requestId }: Referral, { loaders }: Context): Promise<boolean> {
  const [team, request] = await Promise.all([
    loaders.careTeamByClient.load(clientId),
    loaders.requestById.load(requestId),
  ]);
  return team?.caseOpen === true && request !== null && mayOfferAgain(request);
}

/** Notes are for those who work with the client; a privacy officer sees what left, not why. */
async function readsNotes(referral: Referral, context: Context): Promise<boolean> {
  return (await rolesTo(referral, context)).some((role) => role !== 'PRIVACY_OFFICER');
}

const referralType = { __resolveType: typeOf('Referral') as never };

export const resolvers: Resolvers = {
  Query: {
    referral: (_root, { id }, context) => readable(id, context),
    referrals: (_root, args, context) => {
      if (
        context.viewer.graph !== 'STAFF' ||
        !hasRole(context.viewer, 'CASE_MANAGER', 'SUPERVISOR', 'PEER_SPECIALIST', 'CLINICIAN')
      )
        throw roleForbidden();
      return listReferrals(context, args);
    },
  },
  Mutation: {
    createReferral: (_root, { input }, context) => createReferral(context, input),
    submitReferral: (_root, { input }, context) => submitReferral(context, input),
    sendReferral: (_root, { input }, context) => sendReferral(context, input),
    provideReferralInfo: (_root, { input }, context) => provideReferralInfo(context, input),
    cancelReferral: (_root, { input }, context) => cancelReferral(context, input),
    recordReferralOutcome: (_root, { input }, context) => recordReferralOutcome(context, input),
    rerouteReferral: (_root, { input }, context) => rerouteReferral(context, input),
    enterReferralInError: (_root, { input }, context) => enterReferralInError(context, input),
  },
  CreateReferralResult: referralType,
  SubmitReferralResult: referralType,
  SendReferralResult: referralType,
  ProvideReferralInfoResult: referralType,
  CancelReferralResult: referralType,
  RecordReferralOutcomeResult: referralType,
  RerouteReferralResult: referralType,
  EnterReferralInErrorResult: referralType,
  Referral: {
    __resolveReference: ({ id }, context) => readable(id, context),
    request: ({ requestId }, _args, { loaders }) => loaders.requestById.load(requestId),
    client: ({ clientId }) => ({ id: clientId }),
    agency: ({ agencyId }, _args, { loaders }) => loaders.agencyById.load(agencyId) as never,
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
    allowedCommands: async (referral, _args, context) => {
      const allowed = allowedCommands(referral, { roles: await rolesTo(referral, context) }, context.now());
      if (!allowed.includes('reroute') || (await mayReroute(referral, context))) return allowed;
      return allowed.filter((command) => command !== 'reroute');
    },
    internalNote: async (referral, _args, context) =>
      (await readsNotes(referral, context)) ? referral.internalNote : null,
    caseManager: ({ caseManagerId }) => ({ id: caseManagerId }),
    dueAt: ({ decideBy }) => decideBy,
    consents: ({ consentIds }) => consentIds.map((id) => ({ id })),
    transitions: ({ id }, _args, { loaders }) => loaders.transitionsByReferral.load(id),
    disclosures: ({ id }, _args, { loaders }) => loaders.disclosuresByReferral.load(id),
    reroutedFrom: ({ reroutedFromId }, _args, { loaders }) =>
      reroutedFromId ? loaders.referralById.load(reroutedFromId) : null,
  },
  DuplicateReferral: {
    referral: ({ referral }, _args, context) => (referral ? readable(referral.id, context) : null),
  },
  ReferralTransition: {
    note: async ({ referralId, note }, _args, context) => {
      const referral = note === null ? null : await context.loaders.referralById.load(referralId);
      return referral && (await readsNotes(referral, context)) ? note : null;
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
