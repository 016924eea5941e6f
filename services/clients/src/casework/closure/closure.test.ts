import { randomUUID } from 'node:crypto';
import { openCase, type CaseFile } from '../case-file/case-file.ts';
import { newNeed } from '../need/need.ts';
import { blockersOf, closeCase, effectsOf, reopen, type Closing, type OpenWork } from './closure.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-06-01T15:00:00Z');
const at = { now, timeZone };
const caseFile: CaseFile = { ...openCase(randomUUID(), at).caseFile, status: 'OPEN_ACTIVE' };
const need = newNeed(caseFile, { category: 'DENTAL' }, now).insert;
const busy: OpenWork = {
  crises: 1,
  referrals: 2,
  drafts: 1,
  needs: [need, { ...need, status: 'MET' }],
  hasOwner: true,
};
const idle: OpenWork = { ...busy, crises: 0, referrals: 0, drafts: 0, needs: [] };
const by = randomUUID();
const close = (closing: Partial<Closing>, open: OpenWork, canOverride = false, file = caseFile) =>
  closeCase(file, { reason: 'GOALS_MET', ...closing }, { open, by, canOverride }, at);

describe('the end of a case', () => {
  it('is held up by what is open, and says what', () => {
    expect(close({}, busy)).toMatchObject({
      kind: 'CloseBlocked',
      blockers: [
        { kind: 'OPEN_CRISIS', count: 1 },
        { kind: 'LIVE_REFERRAL', count: 2 },
        { kind: 'DRAFT_WORK', count: 1 },
      ],
    });
    const overdue = {
      ...caseFile,
      status: 'AFTERCARE' as const,
      nextContactDueAt: new Date(now.getTime() - 1),
    };
    expect(blockersOf(overdue, idle, now)).toEqual([{ kind: 'CONTACT_OVERDUE', count: 1 }]);
    expect(blockersOf({ ...overdue, status: 'OPEN_ACTIVE' }, idle, now)).toEqual([]);
  });

  it('is overridden by a supervisor with a text, and by nobody else', () => {
    expect(close({ override: 'agreed with the team' }, busy)).toMatchObject({ kind: 'CloseBlocked' });
    expect(close({}, busy, true)).toMatchObject({ kind: 'CloseBlocked' });
    expect(close({ override: 'agreed with the team' }, busy, true)).toMatchObject({
      update: {
        status: 'CLOSED',
        overrideNote: 'agreed with the team',
        nextContactDueAt: null,
        closedBy: by,
      },
    });
    expect(close({ override: 'needless' }, idle, true)).toMatchObject({ update: { overrideNote: null } });
  });

  it('does what the preview says: needs that are open become UNMET', () => {
    expect(effectsOf(caseFile, busy, 'GOALS_MET')).toEqual([
      { kind: 'REFERRALS_END_IN_A_DAY', count: 2 },
      { kind: 'NEEDS_UNMET', count: 1 },
      { kind: 'REMINDERS_STOP', count: 1 },
      { kind: 'LEAVES_CASELOAD', count: 1 },
    ]);
    const closed = close({}, { ...idle, needs: busy.needs });
    expect(closed).toMatchObject({ needs: [{ update: { id: need.id, status: 'UNMET' } }] });
    expect((closed as unknown as { facts: { type: string }[] }).facts.map(({ type }) => type)).toEqual([
      ...['NeedStatusChanged', 'CaseClosed', 'NextContactMoved'],
    ]);
  });

  it('by death waits for nothing, needs the day, and ends referrals now', () => {
    const died = (deceasedOn?: string) => close({ reason: 'DECEASED', deceasedOn }, busy);
    expect(died()).toMatchObject({ issues: [{ path: 'deceasedOn', code: 'MISSING' }] });
    expect(died('2026-06-02')).toMatchObject({ issues: [{ path: 'deceasedOn', code: 'IN_FUTURE' }] });
    expect(died('2026-05-20')).toMatchObject({
      update: { closureReason: 'DECEASED' },
      facts: expect.arrayContaining([
        expect.objectContaining({
          type: 'ClientDied',
          data: { clientId: caseFile.clientId, diedOn: '2026-05-20' },
        }),
      ]) as unknown,
    });
    expect(close({ deceasedOn: '2026-06-01' }, idle)).toMatchObject({ issues: [{ code: 'NOT_ALLOWED' }] });
    expect(effectsOf(caseFile, busy, 'DECEASED')[0]).toEqual({ kind: 'REFERRALS_END_NOW', count: 2 });
  });
});

describe('a person who comes back', () => {
  // 1 June is day 0; the 90th day is 30 August. Midnight in New York is 04:00 UTC then.
  const closed: CaseFile = { ...caseFile, status: 'CLOSED', closedAt: new Date('2026-06-02T03:30:00Z') };
  it.each([
    ['at 23:30 of the 90th day', '2026-08-31T03:30:00Z', true],
    ['at 00:30 of the day after', '2026-08-31T04:30:00Z', false],
  ])('%s has the same case: %s, %s', (_case, present, isSame) => {
    const decided = reopen(closed, { staffId: by }, { now: new Date(present), timeZone });
    expect('sameCase' in decided).toBe(isSame);
    const file =
      'sameCase' in decided
        ? decided.sameCase.update
        : (decided as { newCase: { caseFile: CaseFile } }).newCase.caseFile;
    expect(file).toMatchObject({
      status: 'OPEN_ASSESSMENT',
      closedAt: null,
      previousCaseId: isSame ? null : closed.id,
    });
    expect(file.id === closed.id).toBe(isSame);
  });
});
