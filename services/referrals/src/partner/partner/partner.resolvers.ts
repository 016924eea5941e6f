import { act, roleForbidden, type Viewer } from '@throughline/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { AnswerFieldName } from '../../referral/disclosure/answer-fields.ts';
import type { Context } from '../../context.ts';
import type {
  CloseReferralResolvedInput,
  CloseReferralUnresolvedInput,
  DeclineReferralInput,
  HoldReferralInput,
  RecordReferralNoShowInput,
  RequestReferralInfoInput,
  Resolvers,
  ScheduleReferralInput,
  StartReferralServiceInput,
  WaitlistReferralInput,
} from '../../generated/graphql.ts';
import { allowedCommands, type Referral } from '../../referral/referral/referral.ts';
import { partnerRoles } from '../../referral/referral/referral-access.ts';
import { accessOf, answer, personOf } from './partner-fields.ts';
import { listInbox } from './partner-lists.ts';
import { isBlind, statusShown, type PartnerView } from './partner-view.ts';
import { acceptReferral, partnerStep } from './partner.commands.ts';
import { partnerView } from './partner.loaders.ts';

/** Partner fields exist on the partner graph only, for people and systems of an agency. */
export function mustBePartner({ graph, agencyId, roles }: Viewer): void {
  const held = roles.some((role) => role.startsWith('PARTNER_'));
  if (graph !== 'PARTNER' || !agencyId || !held) throw roleForbidden();
}

async function found(id: string, context: Context, info: GraphQLResolveInfo): Promise<Referral | null> {
  const referral = await context.loaders.referralById.load(id);
  if (!referral || !partnerRoles(context.viewer, referral)) return null;
  return (await partnerView(context, referral, info))?.referral ?? null;
}

/** A field of the answer, from the one decision of this request; null when it is withheld. */
function from<Value>(read: (view: PartnerView) => Value) {
  return async (
    referral: Referral,
    _args: object,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Value> => {
    const view = await partnerView(context, referral, info);
    if (!view) throw roleForbidden();
    return read(view);
  };
}

const seen = <Value>(read: (view: PartnerView) => Value) =>
  from((view) => (isBlind(view) ? null : read(view)));
const given = <Name extends AnswerFieldName>(name: Name) => from((view) => answer(view, name));

export const resolvers: Resolvers = {
  Query: {
    partnerReferral: (_root, { id }, context, info) => {
      mustBePartner(context.viewer);
      return found(id, context, info);
    },
    partnerReferrals: (_root, args, context) => {
      mustBePartner(context.viewer);
      return listInbox(context, args);
    },
  },
  Mutation: {
    acknowledgeReferral: act(partnerStep('acknowledge')),
    requestReferralInfo: act(
      partnerStep('requestInfo', ({ question }: RequestReferralInfoInput) => ({ question })),
    ),
    acceptReferral: act(acceptReferral),
    declineReferral: act(
      partnerStep('decline', ({ reason, note }: DeclineReferralInput) => ({ declineReason: reason, note })),
    ),
    waitlistReferral: act(
      partnerStep('waitlist', (input: WaitlistReferralInput) => ({
        ...input,
        waitlistPosition: input.position,
      })),
    ),
    scheduleReferral: act(partnerStep('schedule', (input: ScheduleReferralInput) => input)),
    recordReferralNoShow: act(
      partnerStep('recordNoShow', (input: RecordReferralNoShowInput) => ({ noShowFollowUp: input.followUp })),
    ),
    startReferralService: act(partnerStep('startService', (input: StartReferralServiceInput) => input)),
    holdReferral: act(
      partnerStep('hold', (input: HoldReferralInput) => ({ ...input, holdReason: input.reason })),
    ),
    resumeReferral: act(partnerStep('resume')),
    closeReferralResolved: act(partnerStep('closeResolved', (input: CloseReferralResolvedInput) => input)),
    closeReferralUnresolved: act(
      partnerStep('closeUnresolved', (input: CloseReferralUnresolvedInput) => ({
        ...input,
        unresolvedReason: input.reason,
      })),
    ),
  },
  PartnerReferral: {
    status: from(statusShown),
    priority: given('priority'),
    service: given('service'),
    senderDisplayName: async (referral, args, context, info) =>
      (await from(programName)(referral, args, context, info)) ?? context.config.NETWORK_NAME,
    callbackPhone: (_referral, _args, { config }) => config.NETWORK_CALLBACK_PHONE ?? null,
    receivedAt: given('receivedAt'),
    decideBy: given('decideBy'),
    startsAt: given('startsAt'),
    closedAt: given('closedAt'),
    allowedCommands: async (referral, args, context, info) =>
      (await seen((view) => allowedCommands(view.referral, { roles: rolesIn(context, view) }, context.now()))(
        referral,
        args,
        context,
        info,
      )) ?? [],
    person: from(personOf),
    needCategory: given('needCategory'),
    reasonText: given('reasonText'),
    question: seen((view) => view.referral.question),
    answer: given('answer'),
    outcome: given('outcome'),
    contactProhibited: given('contactProhibited'),
    disclosure: from(({ entry }) =>
      entry
        ? {
            noticeText: entry.noticeText,
            noticeVersion: entry.noticeVersion,
            consentScopeSummary: entry.scopeSummary,
            redisclosureRule: entry.redisclosureRule,
            disclosureRecordId: entry.id,
          }
        : null,
    ),
    access: from(accessOf),
    version: seen((view) => view.referral.version),
  },
};

function programName({ decision, basis }: PartnerView): string | null {
  return decision.senderDisplay === 'PROGRAM_NAME' && basis !== 'UNVERIFIABLE' ? basis.program.name : null;
}

function rolesIn({ viewer }: Context, { referral }: PartnerView) {
  return partnerRoles(viewer, referral) ?? [];
}
