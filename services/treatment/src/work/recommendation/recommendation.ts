import type { Decision } from '@throughline/command/decision';
import { noServiceChosen, serviceChosen, servicesRecommended, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { isLevel } from '../../assessment/level-of-care/edition.ts';

/** A service that fits, with the reasons and what it does not meet. Source: infra/reference/domain.md 2.12, 8.4. */
export interface RecommendedService {
  serviceId: string;
  /** Level of care that the service offers, where it has one. */
  levelOfCare: string | null;
  /** Score of the match, 0 to 100; null when it did not come from matching. */
  score: number | null;
  reasons: string[];
  /** Wishes and needs that it does not meet, as codes. */
  unmet: string[];
  /** What the directory does not say, as codes. */
  unknowns: string[];
}

export interface DeclinedService {
  serviceId: string;
  reason: string | null;
}

export type RecommendationStatus = 'OPEN' | 'CHOSEN' | 'NONE_CHOSEN';

/** Services that were recommended to a client, and the choice of the client (S8). Source: infra/reference/domain.md 8.4. */
export interface Recommendation {
  id: string;
  clientId: string;
  needId: string | null;
  /** The signed assessment that says the level of care. */
  locAssessmentId: string | null;
  levelOfCare: string | null;
  asamEdition: number | null;
  options: RecommendedService[];
  note: string | null;
  status: RecommendationStatus;
  chosenServiceId: string | null;
  declined: DeclinedService[];
  decidedAt: Date | null;
  decidedBy: string | null;
  recommendedAt: Date;
  recommendedBy: string;
  version: number;
}

type Given<T> = T | null | undefined;

export interface OptionDraft {
  serviceId: string;
  levelOfCare?: Given<string>;
  score?: Given<number>;
  reasons: readonly string[];
  unmet?: Given<readonly string[]>;
  unknowns?: Given<readonly string[]>;
}

/** What a recommendation is about. */
export interface Subject {
  clientId: string;
  needId: string | null;
  assessment: { id: string; edition: number; recommended: string | null } | null;
}

/** Faults of options: at least one, each service once, each level one of the edition. */
function optionFaults(options: readonly OptionDraft[], edition: number | null): InputIssue[] {
  if (options.length === 0) return [issueAt('options', 'REQUIRED', 'Name at least one service.')];
  return options.flatMap(({ serviceId, levelOfCare }, at) => {
    const place = `options.${String(at)}`;
    const id = serviceId.toLowerCase();
    const isTwice = options.findIndex((one) => one.serviceId.toLowerCase() === id) < at;
    return [
      ...(isTwice ? [issueAt(`${place}.serviceId`, 'DUPLICATE', 'Each service is recommended once.')] : []),
      ...(levelOfCare && !isLevel(levelOfCare, edition)
        ? [issueAt(`${place}.levelOfCare`, 'UNKNOWN', 'This edition of the ASAM Criteria has no such level.')]
        : []),
    ];
  });
}

/**
 * Recommends services to a client. An option of another level than the signed assessment recommends says so among what
 * it does not meet. Answers InvalidInput. Source: infra/reference/domain.md 2.12, 4.5.
 */
export function recommendServices(
  { clientId, needId, assessment }: Subject,
  draft: { options: readonly OptionDraft[]; note?: Given<string> },
  by: { id: string; now: Date },
): Decision<Recommendation, never> {
  const asamEdition = assessment?.edition ?? null;
  const faults = optionFaults(draft.options, asamEdition);
  if (faults.length > 0) return invalidInput(faults);
  const levelOfCare = assessment?.recommended ?? null;
  const insert: Recommendation = {
    ...{ id: uuidV7(by.now), clientId, needId, locAssessmentId: assessment?.id ?? null, levelOfCare },
    ...{ asamEdition, options: draft.options.map((option) => optionOf(option, levelOfCare)) },
    ...{ note: draft.note ?? null, status: 'OPEN', chosenServiceId: null, declined: [] },
    ...{ decidedAt: null, decidedBy: null, recommendedAt: by.now, recommendedBy: by.id, version: 1 },
  };
  const about = { recommendationId: insert.id, clientId };
  return { insert, facts: [servicesRecommended.of(clientId, by.now, about)] };
}

function optionOf(option: OptionDraft, recommended: string | null): RecommendedService {
  const { levelOfCare = null, score = null, reasons, unmet, unknowns } = option;
  const isOther = recommended !== null && levelOfCare !== null && levelOfCare !== recommended;
  return {
    ...{ serviceId: option.serviceId.toLowerCase(), levelOfCare, score, reasons: [...reasons] },
    unmet: [...new Set([...(unmet ?? []), ...(isOther ? ['LEVEL_OF_CARE'] : [])])],
    unknowns: [...(unknowns ?? [])],
  };
}

export interface Choice {
  /** Null: the client wants none of them. */
  serviceId?: Given<string>;
  declined?: Given<readonly { serviceId: string; reason?: Given<string> }[]>;
}

/** Records the choice of the client, once; for another one, recommend again. Answers InvalidTransition or InvalidInput. Source: infra/reference/domain.md 2.12. */
export function chooseService(
  recommendation: Recommendation,
  choice: Choice,
  by: { id: string; now: Date },
): Decision<never, Recommendation> {
  const { id: recommendationId, clientId, needId, options, status } = recommendation;
  if (status !== 'OPEN') return invalidTransition(status, 'chooseService', []);
  const chosenServiceId = choice.serviceId?.toLowerCase() ?? null;
  const declined = (choice.declined ?? []).map(({ serviceId, reason = null }) => {
    return { serviceId: serviceId.toLowerCase(), reason };
  });
  const faults = choiceFaults(options, chosenServiceId, declined);
  if (faults.length > 0) return invalidInput(faults);
  const decided = { chosenServiceId, declined, decidedAt: by.now, decidedBy: by.id };
  const about = { recommendationId, clientId };
  if (!chosenServiceId)
    return {
      update: { ...recommendation, ...decided, status: 'NONE_CHOSEN' },
      facts: [noServiceChosen.of(clientId, by.now, about)],
    };
  const matchPoints = options.find(({ serviceId }) => serviceId === chosenServiceId)?.score ?? null;
  const declinedServiceIds = declined.map(({ serviceId }) => serviceId);
  const chosen = { ...about, needId, serviceId: chosenServiceId, matchPoints, declinedServiceIds };
  return {
    update: { ...recommendation, ...decided, status: 'CHOSEN' },
    facts: [serviceChosen.of(clientId, by.now, chosen)],
  };
}

function choiceFaults(
  options: readonly RecommendedService[],
  chosen: string | null,
  declined: readonly DeclinedService[],
): InputIssue[] {
  const isOption = (id: string) => options.some(({ serviceId }) => serviceId === id);
  const faults =
    chosen && !isOption(chosen)
      ? [issueAt('serviceId', 'NOT_AN_OPTION', 'This service was not recommended.')]
      : [];
  declined.forEach(({ serviceId }, at) => {
    const path = `declined.${String(at)}.serviceId`;
    const isTwice = declined.findIndex((one) => one.serviceId === serviceId) < at;
    if (!isOption(serviceId))
      faults.push(issueAt(path, 'NOT_AN_OPTION', 'This service was not recommended.'));
    else if (serviceId === chosen) faults.push(issueAt(path, 'CHOSEN', 'The client chose this service.'));
    else if (isTwice) faults.push(issueAt(path, 'DUPLICATE', 'Each service is declined once.'));
  });
  return faults;
}
