import {
  invalidInput,
  issueAt,
  notFound,
  type InputIssue,
  type Problem,
} from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { CreateReferralInput } from '../../generated/graphql.ts';
import { awaitChoice } from './find-choice.ts';
import type { ChosenService } from './chosen-service.ts';

/** An option that the client declined; the reason of one from a recommendation stands there. */
export interface DeclinedDraft {
  serviceId: string;
  reason: string | null;
}

/** Input of a referral with its service, whether the caller named it or the client chose it. */
export type Offer = Omit<CreateReferralInput, 'serviceId' | 'declinedOptions'> & {
  serviceId: string;
  /** Whose choice it is: need and request are of the same client. */
  ofClient?: string;
  declinedOptions?: readonly DeclinedDraft[] | null | undefined;
};

/**
 * What the caller wants to offer. With a recommendation, service, need, score and declined options are those that the
 * client chose, in one step. Answers InvalidInput or NotFound. Source: infra/reference/domain.md 2.12.
 */
export async function offerOf(context: Context, input: CreateReferralInput): Promise<Offer | Problem> {
  const { recommendationId, serviceId } = input;
  const wrong = [...(context.inputFaults ?? []), ...incomplete(input)];
  if (wrong.length > 0) return invalidInput(wrong);
  if (!recommendationId) return { ...input, serviceId: serviceId ?? '' };
  const chosen = await awaitChoice(context, recommendationId);
  if (!chosen) return notFound('TreatmentRecommendation');
  const faults = unfit(input, chosen);
  if (faults.length > 0) return invalidInput(faults);
  const declinedOptions = chosen.declinedServiceIds.map((id) => ({ serviceId: id, reason: null }));
  const needId = input.requestId ? null : (input.needId ?? chosen.needId);
  const { serviceId: own, matchPoints: matchScore, clientId: ofClient } = chosen;
  return { ...input, needId, serviceId: own, ofClient, matchScore, declinedOptions };
}

/** What the caller must name, whatever the database holds. */
function incomplete({ recommendationId, requestId, needId, serviceId }: CreateReferralInput): InputIssue[] {
  if (recommendationId) return requestId && needId ? [oneOf] : [];
  return [...(serviceId ? [] : [noService]), ...(!requestId === !needId ? [oneOf] : [])];
}

/** Whether a need or a request is of the client who chose. */
export function isOfChoice(
  { ofClient }: Pick<Offer, 'ofClient'>,
  { clientId }: { clientId: string },
): boolean {
  return ofClient === undefined || ofClient === clientId;
}

/** What the caller names together with a recommendation must fit it. */
function unfit(input: CreateReferralInput, { serviceId, needId }: ChosenService): InputIssue[] {
  const other = (given: string | null | undefined, own: string | null) =>
    given && own && given.toLowerCase() !== own;
  return [
    ...(other(input.serviceId, serviceId)
      ? [issueAt('serviceId', 'NOT_CHOSEN', 'The client chose another service.')]
      : []),
    ...(other(input.needId, needId)
      ? [issueAt('needId', 'OTHER_NEED', 'The recommendation answers another need.')]
      : []),
    ...(!input.requestId && !input.needId && !needId
      ? [issueAt('needId', 'REQUIRED', 'The recommendation names no need: say which one.')]
      : []),
  ];
}

const oneOf = issueAt('needId', 'ONE_OF', 'Give the need, or a request that exists; not both.');
const noService = issueAt(
  'serviceId',
  'REQUIRED',
  'Name the service, or a recommendation in which the client chose one.',
);
