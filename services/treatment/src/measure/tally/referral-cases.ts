import { addDays, type Day } from '@throughline/privacy';
import { dayOf, type History } from '../history/history.ts';
import { inOrder, type Told } from '../history/told.ts';
import { businessMinutes } from './business-time.ts';
import { counted, type Counted } from './measure-case.ts';

/** Limit of closing of a routine referral. Source: infra/reference/domain.md 2.10. */
const CLOSING_DAYS = 90;
const minute = 60_000;
const endless: Day = '9999-12-31';

const decisions = ['ReferralAccepted', 'ReferralDeclined', 'ReferralWaitlisted'];
const responses = ['ReferralReceived', 'ReferralInfoRequested', ...decisions];
const withdrawals = ['ReferralCancelled', 'ReferralSuperseded'];
const closings = ['ReferralCompleted', 'ReferralClosedUnresolved', 'ReferralDeclined'];
const scheduled = ['ReferralScheduled', 'ReferralRescheduled'];

/** One referral: its facts in order, and when it was sent. */
interface Sent {
  id: string;
  requestId: string | null;
  sentAt: Date;
  steps: readonly Told[];
}

/** Rates of the referral loop. Each referral counts, as in the worked example. Source: infra/reference/domain.md 5.2, 8.12. */
export function referralCases(history: History): Counted[] {
  const all = referralsOf(history);
  const sent = all.flatMap(({ id, steps }) => {
    const first = steps.find(isOf('ReferralSent'));
    return first ? [{ id, steps, sentAt: first.at, requestId: first.groupId }] : [];
  });
  return [
    ...sent.flatMap((one) => [...answerCases(one, history), closureCase(one, history)]),
    ...all.flatMap(({ id, steps }) => [
      ...appointmentCases(id, steps, history),
      ...consentCases(id, steps, history),
    ]),
    ...requestCases(sent, history),
  ];
}

/** Referrals that were entered in error count nowhere. */
function referralsOf({ told }: History): { id: string; steps: Told[] }[] {
  const steps = inOrder(
    told.filter(({ type, subjectId }) => type.startsWith('Referral') && subjectId !== null),
  );
  return [...Map.groupBy(steps, ({ subjectId }) => subjectId ?? '')]
    .filter(([, own]) => !own.some(isOf('ReferralEnteredInError')))
    .map(([id, own]) => ({ id, steps: own }));
}

const isOf =
  (...types: readonly string[]) =>
  ({ type }: Told): boolean =>
    types.includes(type);

function rowOf({ id, sentAt: at }: Sent, history: History) {
  return { key: id, subjectType: 'Referral', subjectId: id, at, startsOn: dayOf(history, at) } as const;
}

function answerCases(sent: Sent, history: History): Counted[] {
  const row = rowOf(sent, history);
  const { steps, sentAt } = sent;
  const response = steps.find(isOf(...responses));
  const decision = steps.find(isOf(...decisions));
  const clock = response ? (response.at.getTime() - sentAt.getTime()) / minute : null;
  const business = response ? businessMinutes(sentAt, response.at, history.timeZone) : null;
  const answered = { ...row, met: response !== undefined };
  return [
    counted({ ...answered, measure: 'REFERRAL_FIRST_RESPONSE', value: clock }),
    counted({ ...answered, measure: 'REFERRAL_FIRST_RESPONSE_BUSINESS', value: business }),
    ...(decision ? [acceptance(sent, decision, history)] : []),
    ...responseCases(sent, decision, history),
    ...startOf(sent, history),
  ];
}

/** A referral whose agency waits for an answer is not late: its clock stands still. */
function responseCases(sent: Sent, decision: Told | undefined, history: History): Counted[] {
  const { steps } = sent;
  const before = decision ? steps.slice(0, steps.indexOf(decision)) : steps;
  const due = before.findLast(({ toldAt }) => toldAt !== null)?.toldAt;
  if (!due) return [];
  const withdrawn = steps.find(isOf(...withdrawals));
  const isPaused =
    !decision &&
    before.findLast(isOf('ReferralInfoRequested', 'ReferralInfoProvided'))?.type === 'ReferralInfoRequested';
  return [
    counted({
      ...{ ...rowOf(sent, history), measure: 'REFERRAL_RESPONSE' },
      met: decision !== undefined && decision.at <= due,
      countsFrom: isPaused ? endless : addDays(dayOf(history, due), 1),
      excludedFor: !decision && withdrawn && withdrawn.at <= due ? 'WITHDRAWN' : null,
    }),
  ];
}

function acceptance(sent: Sent, decision: Told, history: History): Counted {
  return counted({
    ...{ ...rowOf(sent, history), measure: 'REFERRAL_ACCEPTANCE', countsFrom: dayOf(history, decision.at) },
    met: sent.steps.some(isOf('ReferralAccepted', 'ReferralWaitlisted')),
  });
}

function startOf(sent: Sent, history: History): Counted[] {
  const accepted = sent.steps.find(isOf('ReferralAccepted'));
  const started = sent.steps.find(isOf('ReferralServiceStarted', 'ReferralCompleted'));
  if (!accepted) return [];
  return [
    counted({
      ...{ ...rowOf(sent, history), measure: 'SERVICE_AFTER_ACCEPTANCE', met: started !== undefined },
      ...{ at: accepted.at, startsOn: dayOf(history, accepted.at) },
      value: started ? (started.at.getTime() - accepted.at.getTime()) / minute : null,
    }),
  ];
}

/** A referral that expired stays in the denominator; one whose place another took does not. */
function closureCase(sent: Sent, history: History): Counted {
  const row = rowOf(sent, history);
  return counted({
    ...{ ...row, measure: 'LOOP_CLOSURE', countsFrom: addDays(row.startsOn, CLOSING_DAYS + 1) },
    met: sent.steps.some(isOf(...closings)),
    excludedFor: sent.steps.some(isOf('ReferralSuperseded')) ? 'SUPERSEDED' : null,
  });
}

/** One row for each appointment that was kept or missed. */
function appointmentCases(id: string, steps: readonly Told[], history: History): Counted[] {
  let isAgreed = false;
  return steps.flatMap((step) => {
    if (isOf(...scheduled)(step)) isAgreed = true;
    if (isOf('ReferralAppointmentCancelled')(step)) isAgreed = false;
    const isMissed = isOf('ReferralNoShowRecorded')(step);
    const isKept = isAgreed && isOf('ReferralServiceStarted', 'ReferralCompleted')(step);
    if (!isMissed && !isKept) return [];
    isAgreed = false;
    const row = { key: step.id, subjectType: 'Referral', subjectId: id, at: step.at } as const;
    return counted({ ...row, measure: 'NO_SHOW', startsOn: dayOf(history, step.at), met: isMissed });
  });
}

function consentCases(id: string, steps: readonly Told[], history: History): Counted[] {
  const submitted = steps.find(isOf('ReferralConsentPending', 'ReferralSent'));
  if (!submitted) return [];
  const row = { key: id, subjectType: 'Referral', subjectId: id, at: submitted.at } as const;
  const met = submitted.type === 'ReferralConsentPending';
  return [counted({ ...row, measure: 'CONSENT_BLOCKED', startsOn: dayOf(history, submitted.at), met })];
}

/** By request, so that reroutes do not inflate the rate. */
function requestCases(sent: readonly Sent[], history: History): Counted[] {
  const known = sent.filter(({ requestId }) => requestId !== null);
  return [...Map.groupBy(known, ({ requestId }) => requestId ?? '')].flatMap(([id, own]) => {
    const at = own.map(({ sentAt }) => sentAt).sort((a, b) => +a - +b)[0] ?? new Date(0);
    const met = own.some(
      ({ steps }) => steps.findLast(isOf('ReferralCompleted', 'ReferralOutcomeAmended'))?.yes === true,
    );
    const isRefused = own.some(({ steps }) => steps.some(isOf('ReferralDeclined', 'ReferralExpired')));
    const row = { key: id, subjectType: 'ReferralRequest', subjectId: id, at, met } as const;
    const resolved = counted({ ...row, measure: 'NEED_RESOLVED', startsOn: dayOf(history, at) });
    return isRefused ? [resolved, { ...resolved, measure: 'REROUTE_RESCUE' as const }] : [resolved];
  });
}

/** Disclosures that a consent should have allowed, and none did. There must be none. */
export function disclosureCases(history: History): Counted[] {
  return history.told.flatMap(({ type, subjectId, at, code, yes, id }) => {
    if (type !== 'DisclosureMade' || subjectId === null) return [];
    const row = { key: id, subjectType: 'Client', subjectId: history.clientId, at } as const;
    const met = yes === false && code !== 'EMERGENCY';
    return counted({ ...row, measure: 'DISCLOSURE_WITHOUT_BASIS', startsOn: dayOf(history, at), met });
  });
}
