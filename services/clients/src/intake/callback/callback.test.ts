import { openInquiry, type Inquiry } from '../inquiry/inquiry.ts';
import { allowedCommands } from '../inquiry/allowed.ts';
import { claim, miss, promiseFaults, tellDue, withPromise } from './callback.ts';

const now = new Date('2026-11-23T15:00:00Z');
const timeZone = 'America/New_York';
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const worker = '0193a000-0000-7000-8000-000000000005';
const script = {
  id: '0199a000-0000-7000-8000-00000000a001',
  number: 1,
  questions: [],
  publishedAt: now,
  publishedBy: null,
};
const { insert: opened } = openInquiry(
  {
    ...{
      channel: 'CALL',
      callerRelation: 'SELF',
      anonymous: true,
      callerName: null,
      callbackNumber: '+13055550123',
    },
    ...{
      callbackExtension: null,
      safeToCallBack: true,
      presentingConcern: null,
      notes: null,
      language: null,
    },
    ...{ state: null, urgency: 'ROUTINE', callLineId: null },
  },
  { by: worker, script, receivedAt: now },
  now,
);
const dueAt = later(60);
const promised: Inquiry = withPromise(opened, { at: dueAt }, timeZone);
const codes = (callback: object, inquiry: Partial<Inquiry> = {}) =>
  promiseFaults({ ...opened, ...inquiry }, { at: dueAt, ...callback }, { now, timeZone }).map(
    ({ path, code }) => `${path} ${code}`,
  );

describe('a promise to call', () => {
  it.each([
    ['fits', {}, []],
    ['is not of now', { at: now }, ['callback.at IN_PAST']],
    ['is not of next year', { at: later(60 * 24 * 400) }, ['callback.at TOO_LATE']],
    ['lies within the hours', { from: '10:00', to: '12:00' }, []],
    ['lies within hours of another zone', { from: '08:00', to: '09:00', timeZone: 'America/Denver' }, []],
    ['does not lie outside the hours', { from: '17:00', to: '20:00' }, ['callback.at OUTSIDE_HOURS']],
    ['lies within hours past midnight', { from: '22:00', to: '11:00' }, []],
    ['has both hours', { from: '10:00' }, ['callback.to INVALID_FORMAT']],
    ['has a zone that there is', { timeZone: 'Mars/Base' }, ['callback.timeZone UNKNOWN']],
  ])('%s', (_what, callback, expected) => {
    expect(codes(callback)).toEqual(expected);
  });

  it('needs a number, and a caller who says that it is safe', () => {
    expect(codes({}, { callbackNumber: null, safeToCallBack: null })).toEqual([
      'callbackNumber MISSING',
      'safeToCallBack NOT_SAFE',
    ]);
    expect(codes({}, { safeToCallBack: false })).toEqual(['safeToCallBack NOT_SAFE']);
  });
});

describe('the time of a promise', () => {
  const types = (change: ReturnType<typeof miss>) =>
    change && 'facts' in change ? (change.facts ?? []).map(({ type }) => type) : change;

  it('is told before it comes, and when nobody called, once', () => {
    expect(types(tellDue(promised, dueAt, later(50)))).toEqual(['CallbackDue']);
    const missed = miss(promised, dueAt, dueAt);
    expect(types(missed)).toEqual(['CallbackMissed']);
    expect(miss({ ...promised, missedAt: dueAt }, dueAt, later(61))).toBeNull();
  });

  it('is not told of a promise that was kept or replaced', () => {
    for (const kept of [
      { ...promised, status: 'ENDED' as const },
      { ...promised, callbackDueAt: later(90) },
    ]) {
      expect(tellDue(kept, dueAt, later(50))).toBeNull();
      expect(miss(kept, dueAt, dueAt)).toBeNull();
    }
  });

  it('waits while somebody calls, until the claim is too old', () => {
    const claimed = claim(promised, worker, later(55));
    expect(tellDue(claimed, dueAt, later(56))).toBeNull();
    expect(miss(claimed, dueAt, dueAt)).toEqual(later(85));
    expect(types(miss(claimed, dueAt, later(85)))).toEqual(['CallbackMissed']);
  });
});

describe('who can do what with a promised call', () => {
  const roles = ['INTAKE_WORKER'];
  const claimed = claim(promised, worker, now);
  const work = ['UPDATE', 'ANSWER_TRIAGE', 'END', 'CONVERT'];
  it.each([
    [
      'everybody of the desk, as long as nobody calls',
      promised,
      { id: 'other', roles },
      [...work, 'CLAIM_CALLBACK'],
    ],
    ['the person who calls', claimed, { id: worker, roles }, [...work, 'RELEASE_CALLBACK']],
    ['nobody else', claimed, { id: 'other', roles }, []],
    ['a supervisor gives it back', claimed, { id: 'other', roles: ['SUPERVISOR'] }, ['RELEASE_CALLBACK']],
    ['no other role', promised, { id: worker, roles: ['CASE_MANAGER'] }, []],
  ] as const)('%s', (_who, inquiry, person, expected) => {
    expect(allowedCommands(inquiry, person, later(5))).toEqual(expected);
  });
});
