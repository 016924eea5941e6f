import { randomUUID } from 'node:crypto';
import type { Episode } from '../../episode/episode/episode.ts';
import type { Goal } from '../../planning/goal/goal.ts';
import {
  endSupport,
  evaluationOf,
  referrerSummaryOf,
  type SupportEndDraft,
  type SupportRecord,
} from './support-end.ts';

const now = new Date('2036-06-01T12:00:00Z');
const episode: Episode = {
  ...{ id: randomUUID(), clientId: randomUUID(), caseId: randomUUID(), kind: 'SUD', phase: 'MONITORING' },
  ...{ referralSource: null, dateOfFirstContact: null, dateFirstAppointmentOffered: null, admittedAt: now },
  ...{ startedAt: now, endedAt: null, dischargeType: null, endReason: null, version: 1 },
};
const aGoal = (changes: Partial<Goal>): Goal => ({
  ...{ id: randomUUID(), carePlanId: randomUUID(), clientId: episode.clientId, needId: null, domain: 'HOME' },
  ...{
    statementInClientWords: 'A door',
    metric: 'nights',
    baseline: 0,
    target: 7,
    unit: 'nights',
    dueOn: null,
  },
  ...{ lifecycle: 'COMPLETED', achievement: 'ACHIEVED', addedAt: now, activatedAt: now, closedAt: now },
  ...{ lastWorkedAt: now, version: 1, ...changes },
});
const record: SupportRecord = {
  episode,
  goals: [
    { goal: aGoal({}), latest: 7 },
    { goal: aGoal({ lifecycle: 'ACTIVE', achievement: 'IMPROVING' }), latest: null },
    { goal: aGoal({ lifecycle: 'REJECTED' }), latest: null },
  ],
  outcomes: [
    { measure: 'employment', baseline: 'UNEMPLOYED', atDischarge: 'FULL_TIME', direction: 'IMPROVED' },
  ],
  callAnytime: { name: '988', number: '988' },
  referrerConsent: 'IN_FORCE',
};
const draft: SupportEndDraft = {
  clientWords: 'I have my door',
  satisfaction: 5,
  referrerAgencyId: randomUUID(),
};
const end = (changes: Partial<SupportEndDraft> = {}, of: Partial<SupportRecord> = {}) =>
  endSupport({ ...record, ...of }, { ...draft, ...changes }, { by: randomUUID(), now });
const codes = (answer: object) =>
  'issues' in answer
    ? (answer.issues as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)
    : [];

describe('the end of support', () => {
  it('says of each goal and answer what it was, what it is, and whether it is met', () => {
    expect(evaluationOf(record)).toMatchObject([
      { what: 'A door', baseline: '0', now: '7', met: true },
      { baseline: '0', now: '0', met: false },
      { goalId: null, what: 'employment', baseline: 'UNEMPLOYED', now: 'FULL_TIME', met: true },
    ]);
  });

  it('tells a referrer numbers and no words', () => {
    const ended = end();
    if ('kind' in ended || !ended.insert) throw new Error('refused');
    expect(referrerSummaryOf(ended.insert)).toEqual({ endedAt: now, goals: 2, goalsMet: 1, improved: 1 });
  });

  it.each<[string, Partial<SupportEndDraft>, Partial<SupportRecord>, string[]]>([
    ['without words of the client', { clientWords: ' ' }, {}, ['clientWords REQUIRED']],
    ['without a question how content the client is', { satisfaction: null }, {}, ['satisfaction REQUIRED']],
    [
      'with an answer that was declined',
      { satisfactionDeclined: true },
      {},
      ['satisfactionDeclined CONTRADICTION'],
    ],
    ['for a referrer without a consent', {}, { referrerConsent: 'MISSING' }, ['referrerAgencyId NO_CONSENT']],
  ])('is refused %s', (_what, changes, of, expected) => {
    expect(codes(end(changes, of))).toEqual(expected);
  });

  it('does not come while the client is in treatment', () => {
    expect(end({}, { episode: { ...episode, phase: 'ACTIVE' } })).toMatchObject({
      kind: 'InvalidTransition',
    });
    expect(end({ referrerAgencyId: null }, { referrerConsent: 'MISSING' })).toMatchObject({
      insert: { satisfaction: 5 },
    });
  });
});
