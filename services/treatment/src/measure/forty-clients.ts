import * as facts from '@throughline/events';
import type { Fact } from '@throughline/events';
import { uuidV7 } from '@throughline/events';

/** Builders of the 40 clients whose right figures stand in measures.int.test.ts: n is 0 to 39, days are of 2026. */
export const at = (text: string): Date => new Date(`2026-${text}Z`);
/** The same for both services of a test. */
export const newId = (): string => uuidV7(new Date());

export interface Person {
  n: number;
  id: string;
  caseId: string;
  staffId: string;
}

export const within = (n: number, from: number, to: number): boolean => n >= from && n <= to;

export interface Staff {
  maria: string;
  omar: string;
  sam: string;
}

export function people({ maria, omar }: Staff): Person[] {
  return Array.from({ length: 40 }, (_, n) => ({
    ...{ n, id: newId(), caseId: newId(), staffId: n < 20 ? maria : omar },
  }));
}

/** What other services told of a client, in the order of each key. */
export function toldOf(person: Person, { sam }: Staff): Fact[] {
  const { n, id: clientId, caseId, staffId: caseManagerId } = person;
  const opened = at('01-05T15:00:00');
  const contact = (time: string, reached = true): Fact =>
    facts.contactLogged.of(clientId, at(time), {
      ...{ contactId: newId(), clientId, at: at(time).toISOString(), reached },
    });
  return [
    facts.clientAgeGroupChanged.of(clientId, opened, { clientId, ageGroup: 'AGE_18_64', reason: 'RECORD' }),
    facts.clientDescribed.of(clientId, opened, {
      ...{ clientId, language: n < 35 ? 'en' : 'es', populations: n < 12 ? ['HOMELESS', 'VETERAN'] : [] },
      ...{ sex: 'FEMALE', races: ['WHITE'], ethnicGroup: null },
    }),
    facts.caseOpened.of(clientId, opened, { clientId, caseId }),
    facts.caseManagerAssigned.of(clientId, opened, { clientId, caseId, caseManagerId, supervisorId: sam }),
    facts.caseProgramNamed.of(clientId, opened, { clientId, caseId, program: n < 30 ? 'RIVER' : 'BRIDGE' }),
    ...(n < 20 ? [inquiry(clientId)] : []),
    ...(within(n, 0, 5) ? [contact('02-03T15:00:00')] : []),
    ...(within(n, 6, 8) ? [contact('02-04T17:30:00')] : []),
    ...(within(n, 9, 10) ? [contact('02-03T15:00:00', false)] : []),
    ...(n === 11 ? [contact('02-08T15:00:00')] : []),
    ...(n === 12 ? [contact('02-25T15:00:00')] : []),
    ...(within(n, 28, 30) ? [contact('03-11T10:00:00')] : []),
    ...(n === 4 ? [advice(clientId, '02-08T15:00:00')] : []),
    ...(n === 12 ? [advice(clientId, '02-05T15:00:00')] : []),
    ...(n === 18
      ? [facts.caseClosed.of(clientId, at('02-05T12:00:00'), { clientId, caseId, reason: 'DECEASED' })]
      : []),
    ...(n < 13 ? [disclosure(clientId, n)] : []),
    ...(n < 14 ? referralsOf(person) : []),
    ...(n < 5
      ? [facts.guidanceGiven.of(clientId, at('01-20T15:00:00'), { guidanceId: newId(), clientId })]
      : []),
  ];
}

const inquiry = (clientId: string): Fact =>
  facts.inquiryConverted.of(clientId, at('01-05T15:00:00'), {
    ...{ inquiryId: newId(), clientId, receivedAt: at('01-02T15:00:00').toISOString() },
  });

const advice = (clientId: string, time: string): Fact =>
  facts.adviceGiven.of(clientId, at(time), { adviceId: newId(), clientId });

const disclosure = (clientId: string, n: number): Fact =>
  facts.disclosureMade.of(clientId, at('01-06T15:00:00'), {
    ...{ disclosureId: newId(), clientId, agencyId: newId(), referralId: null, labels: [], fields: [] },
    ...{ disclosedAt: at('01-06T15:00:00').toISOString(), purpose: 'TREATMENT', basis: 'TPO_CONSENT' },
    ...{ consentIds: n < 12 ? [newId()] : [], noticeVersion: null, channel: 'API' },
  });

type Step = keyof typeof facts.referralFacts;

function referral({ id: clientId, staffId }: Person, requestId: string, decideBy: string) {
  const referralId = newId();
  return (step: Step, time: string, served = false): Fact =>
    facts.referralFacts[step].of(referralId, at(time), {
      ...{ referralId, clientId, caseManagerId: staffId, dueAt: null, requestId, served },
      decideBy: at(decideBy).toISOString(),
    });
}

const appointment = ['01-08', '01-10'] as const;

/** 6 answered and served; 2 declined and rerouted; expired; waiting for an answer; taken back; missed twice; two that were never sent. */
function referralsOf(person: Person): Fact[] {
  const { n } = person;
  const requestId = newId();
  const r = referral(person, requestId, '01-08T15:00:00');
  const sent = r('sent', '01-06T15:00:00');
  if (n <= 5)
    return [
      ...[sent, r('received', '01-06T15:30:00'), r('accepted', '01-07T15:00:00')],
      ...[r('scheduled', `${appointment[0]}T15:00:00`), r('serviceStarted', `${appointment[1]}T15:00:00`)],
      r('completed', '01-20T15:00:00', true),
    ];
  if (n <= 7) {
    const next = referral(person, requestId, '01-14T15:00:00');
    const end =
      n === 6 ? next('completed', '01-25T15:00:00', true) : next('closedUnresolved', '01-30T15:00:00');
    const rerouted = [next('sent', '01-12T15:00:00'), next('accepted', '01-13T15:00:00'), end];
    return [sent, r('declined', '01-09T15:00:00'), ...rerouted];
  }
  const others: Record<number, () => Fact[]> = {
    8: () => [sent, r('expired', '01-27T15:00:00')],
    9: () => [sent, r('infoRequested', '01-07T15:00:00')],
    10: () => [sent, r('cancelled', '01-07T15:00:00')],
    11: () => [
      ...[r('consentPending', '01-05T15:00:00'), sent, r('accepted', '01-07T15:00:00')],
      ...[r('scheduled', '01-08T15:00:00'), r('noShow', '01-09T15:00:00'), r('scheduled', '01-10T15:00:00')],
      ...[r('noShow', '01-12T15:00:00'), r('superseded', '01-15T15:00:00')],
    ],
    12: () => [sent, r('enteredInError', '01-07T15:00:00')],
    13: () => [r('consentPending', '01-05T15:00:00')],
  };
  return others[n]?.() ?? [];
}

/** Facts about two case managers: one was over the limit in January, the other one since February. */
export function toldOfStaff({ maria, omar, sam }: Staff): Fact[] {
  const recorded = (staffId: string): Fact =>
    facts.staffRecorded.of(staffId, at('01-01T06:00:00'), {
      ...{ staffId, supervisorId: sam, roles: ['CASE_MANAGER'], timeZone: null, active: true },
    });
  const band = (staffId: string, time: string, name: string): Fact =>
    facts.caseloadBandChanged.of(staffId, at(time), { staffId, band: name });
  return [
    ...[recorded(maria), recorded(omar)],
    ...[band(maria, '01-01T15:00:00', 'OVER'), band(maria, '01-31T15:00:00', 'OK')],
    band(omar, '02-01T15:00:00', 'OVER'),
  ];
}
