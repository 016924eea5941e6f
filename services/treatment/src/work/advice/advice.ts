import type { Care } from '@throughline/care';
import type { Decision } from '@throughline/command/decision';
import {
  adviceAnswered,
  adviceFollowedUp,
  adviceGiven,
  adviceQuestioned,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { forbidden, invalidInput, invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { dayIsOver, type Moment } from '@throughline/privacy';

/** Whether a clinician must answer: the topic is clinical. Source: infra/reference/domain.md 1.5, 8.4. */
const isClinical = {
  ...{ BENEFITS: false, HOUSING: false, SERVICES: false, RIGHTS: false, SELF_CARE: false },
  ...{ RECOVERY_SUPPORT: false, HARM_REDUCTION: false },
  ...{ MEDICATION: true, WITHDRAWAL: true, DIAGNOSIS: true, LEVEL_OF_CARE: true },
} as const;
export type AdviceTopic = keyof typeof isClinical;
export type AdviceScope = 'WITHIN_SCOPE' | 'ESCALATED_TO_CLINICIAN';

/** Advice for a client, or the question to a clinician in its place. Source: infra/reference/domain.md 8.4. */
export interface Advice {
  id: string;
  clientId: string;
  goalId: string | null;
  topic: AdviceTopic;
  situation: string;
  /** Null where only the clinician may advise. */
  advised: string | null;
  sources: string[];
  scope: AdviceScope;
  clinicianId: string | null;
  answer: string | null;
  answeredAt: Date | null;
  /** How the client said it in own words. */
  teachBack: string | null;
  understood: boolean | null;
  followUpOn: string | null;
  followUpResult: string | null;
  givenAt: Date;
  givenBy: string;
  version: number;
}

export interface AdviceDraft {
  topic: AdviceTopic;
  situation: string;
  advised?: string | null | undefined;
  sources?: readonly string[] | null | undefined;
  clinicianId?: string | null | undefined;
  goalId?: string | null | undefined;
  followUpOn?: string | null | undefined;
}

interface Adviser {
  id: string;
  isClinician: boolean;
}

/**
 * Faults of advice. Without the licence of a clinician a clinical topic is beyond the scope of practice: it goes to a
 * clinician, without advice of one's own. Source: infra/reference/domain.md 1.5, 8.4.
 */
export function adviceFaults(draft: AdviceDraft, adviser: Adviser, at: Moment): InputIssue[] {
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  const isBeyond = isClinical[draft.topic] && !adviser.isClinician;
  const isAdvised = !isBlank(draft.advised ?? '');
  if (isBeyond && !draft.clinicianId)
    fault(
      'clinicianId',
      'OUT_OF_SCOPE',
      'This topic is for a clinician: name one who works with the client.',
    );
  if (isBeyond && isAdvised)
    fault('advised', 'OUT_OF_SCOPE', 'This topic is for a clinician: leave the advice to the clinician.');
  if (!isBeyond && !isAdvised && !draft.clinicianId) fault('advised', 'MISSING', 'Say what you advised.');
  if (draft.followUpOn && dayIsOver(draft.followUpOn, at))
    fault('followUpOn', 'IN_PAST', 'This day is over; choose a later one.');
  return faults;
}

/** Records advice; a question goes to a clinician who works with the client, else InvalidInput NOT_ON_TEAM. */
export function giveAdvice(
  draft: AdviceDraft,
  care: Care,
  by: { id: string; now: Date },
): Decision<Advice, never> {
  const { clinicianId = null, goalId = null, advised = null, followUpOn = null } = draft;
  if (clinicianId && (clinicianId === by.id || !worksWith(care, clinicianId)))
    return invalidInput([notOnTeam]);
  const { clientId } = care;
  const { topic, situation, sources } = draft;
  const insert: Advice = {
    ...{ id: uuidV7(by.now), clientId, goalId, topic, situation, advised, sources: [...(sources ?? [])] },
    ...{ scope: clinicianId ? 'ESCALATED_TO_CLINICIAN' : 'WITHIN_SCOPE', clinicianId, answer: null },
    ...{ answeredAt: null, teachBack: null, understood: null, followUpOn, followUpResult: null },
    ...{ givenAt: by.now, givenBy: by.id, version: 1 },
  };
  const about = { adviceId: insert.id, clientId };
  return {
    insert,
    facts: clinicianId
      ? [adviceQuestioned.of(clientId, by.now, { ...about, clinicianId })]
      : [adviceGiven.of(clientId, by.now, about)],
  };
}

const notOnTeam: InputIssue = {
  path: 'clinicianId',
  code: 'NOT_ON_TEAM',
  message: 'Name another clinician who works with the client.',
};

function worksWith({ team, caseManagerId, supervisorId, coverId }: Care, id: string): boolean {
  return [caseManagerId, supervisorId, coverId, ...team.map(({ staffId }) => staffId)].includes(id);
}

/** The clinician who was asked answers, once. Answers Forbidden to everybody else. */
export function answerAdvice(
  advice: Advice,
  answer: string,
  by: { id: string; now: Date },
): Decision<never, Advice> {
  const { id: adviceId, clientId, clinicianId, answeredAt } = advice;
  if (!clinicianId) return invalidTransition('WITHIN_SCOPE', 'answerAdvice', []);
  if (clinicianId !== by.id) return forbidden('Another clinician was asked.');
  if (answeredAt) return invalidTransition('ANSWERED', 'answerAdvice', []);
  return {
    update: { ...advice, answer, answeredAt: by.now },
    facts: [adviceAnswered.of(clientId, by.now, { adviceId, clientId })],
  };
}

/** What the client said in own words. There must be something to explain, and it can be said again. */
export function recordTeachBack(
  advice: Advice,
  { teachBack, understood }: { teachBack: string; understood: boolean },
  now: Date,
): Decision<never, Advice> {
  const isOpen = advice.advised === null && advice.answer === null;
  if (isOpen) return invalidTransition('ASKED', 'recordTeachBack', ['answerAdvice']);
  return { update: { ...advice, teachBack, understood }, facts: followedUp(advice, now) };
}

/** Records the outcome; with a later day it is looked at again. */
export function followUpAdvice(
  advice: Advice,
  { result, followUpOn = null }: { result: string; followUpOn?: string | null | undefined },
  now: Date,
): Decision<never, Advice> {
  if (advice.followUpOn === null) return invalidTransition('NO_FOLLOW_UP', 'followUpAdvice', []);
  return { update: { ...advice, followUpResult: result, followUpOn }, facts: followedUp(advice, now) };
}

function followedUp({ id: adviceId, clientId }: Advice, now: Date): Fact[] {
  return [adviceFollowedUp.of(clientId, now, { adviceId, clientId })];
}
