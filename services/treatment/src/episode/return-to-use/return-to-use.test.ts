import { randomUUID } from 'node:crypto';
import type { Episode } from '../episode/episode.ts';
import { recordReturnToUse, type ReturnToUseDraft } from './return-to-use.ts';

const at = { now: new Date('2036-03-10T02:00:00Z'), timeZone: 'America/New_York' };
const episode: Episode = {
  ...{ id: randomUUID(), clientId: randomUUID(), caseId: randomUUID(), kind: 'SUD', phase: 'ACTIVE' },
  ...{ referralSource: null, dateOfFirstContact: null, dateFirstAppointmentOffered: null },
  ...{
    admittedAt: new Date('2036-02-01T12:00:00Z'),
    startedAt: new Date('2036-02-01T12:00:00Z'),
    endedAt: null,
  },
  ...{ dischargeType: null, endReason: null, version: 1 },
};
const draft: ReturnToUseDraft = {
  ...{ on: '2036-03-09', substance: 'alcohol', severity: 'LAPSE', source: 'CLIENT' },
  ...{ safetyActions: ['SAFETY_PLAN_REVIEWED'], planChange: 'Meet twice a week' },
};
const codes = (changes: Partial<ReturnToUseDraft>, of = episode) => {
  const answer = recordReturnToUse(of, { ...draft, ...changes }, randomUUID(), at);
  return 'issues' in answer ? answer.issues.map(({ path, code }) => `${path} ${code}`) : [];
};

describe('a return to use', () => {
  it('keeps each safety action once and tells one fact with ids only', () => {
    const safetyActions = ['MEDICAL_CHECK', 'MEDICAL_CHECK'];
    const recorded = recordReturnToUse(episode, { ...draft, safetyActions }, randomUUID(), at);
    if ('kind' in recorded) throw new Error(recorded.kind);
    expect(recorded.insert?.safetyActions).toEqual(['MEDICAL_CHECK']);
    expect(recorded.facts?.map(({ data }) => data)).toEqual([
      { returnToUseId: recorded.insert?.id, clientId: episode.clientId },
    ]);
  });

  it.each<[string, Partial<ReturnToUseDraft>, string[]]>([
    ['tomorrow in the program', { on: '2036-03-10' }, ['on IN_FUTURE']],
    ['before the admission', { on: '2036-01-31' }, ['on BEFORE_ADMISSION']],
    [
      'without safety and plan',
      { safetyActions: [], planChange: ' ', substance: '' },
      ['substance REQUIRED', 'safetyActions REQUIRED', 'planChange REQUIRED'],
    ],
  ])('is refused %s', (_when, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  it('needs an admission', () => {
    expect(codes({}, { ...episode, admittedAt: null })).toEqual(['on BEFORE_ADMISSION']);
  });
});
