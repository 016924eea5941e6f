import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import fc from 'fast-check';
import { decideScreening, type ScreeningOutcome } from '../screening/screening.ts';
import { closeCase, reopen, type OpenWork } from '../closure/closure.ts';
import { nextStepOf } from '../next-step/next-step.ts';
import { oneBusinessDayAfter, oneBusinessDayBefore } from './business-day.ts';
import { cadenceDays, nextContactAfter } from './cadence.ts';
import { isOpen, openCase, phaseEntry, type CaseFile, type CaseStatus, type RiskTier } from './case-file.ts';
import { advance, hold, markEnteredInError, resume, returnToActive, type Moved } from './moves.ts';
import { allows, caseStates } from './states.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-03-06T15:00:00Z');
const at = { now, timeZone };
const by = { staffId: randomUUID(), reason: 'because' };
const nothing: OpenWork = { crises: 0, referrals: 0, drafts: 0, needs: [], hasOwner: true };
const later = (days: number) => ({ now: new Date(now.getTime() + days * 24 * 60 * 60 * 1000), timeZone });

type Way = (file: CaseFile, moment: typeof at) => { update: CaseFile } | object;
const screen =
  (decision: ScreeningOutcome): Way =>
  (file, moment) => {
    const more = {
      NOT_ELIGIBLE: { reason: 'AGE', alternative: 'The clinic' },
      WAITLISTED: { reviewOn: '2026-04-01' },
    };
    const draft = { decision, ...(decision === 'ACCEPTED' ? {} : more[decision]) } as Parameters<
      typeof decideScreening
    >[1];
    const decided = decideScreening(file, draft, by.staffId, moment);
    return isProblem(decided) ? decided : decided.moved;
  };
const reopened: Way = (file, moment) => {
  const decided = reopen(file, by, moment);
  if (isProblem(decided)) return decided;
  return 'sameCase' in decided ? decided.sameCase : { update: decided.newCase.caseFile };
};
const close: Way = (file, moment) =>
  closeCase(file, { reason: 'GOALS_MET' }, { open: nothing, by: by.staffId, canOverride: false }, moment);

/** Every way from one state to another. Source: infra/reference/domain.md 1.2. */
const ways: Record<string, { way: Way; from: Partial<Record<CaseStatus, CaseStatus>> }> = {
  accept: {
    way: screen('ACCEPTED'),
    from: { INQUIRY: 'OPEN_ASSESSMENT', SCREENING: 'OPEN_ASSESSMENT', WAITLISTED: 'OPEN_ASSESSMENT' },
  },
  refuse: { way: screen('NOT_ELIGIBLE'), from: { INQUIRY: 'NOT_ELIGIBLE', SCREENING: 'NOT_ELIGIBLE' } },
  wait: {
    way: screen('WAITLISTED'),
    from: { INQUIRY: 'WAITLISTED', SCREENING: 'WAITLISTED', WAITLISTED: 'WAITLISTED' },
  },
  advance: {
    way: (file, moment) => advance(file, by, moment),
    from: {
      ...{ OPEN_ASSESSMENT: 'OPEN_PLANNING', OPEN_PLANNING: 'OPEN_ACTIVE' },
      ...{ OPEN_ACTIVE: 'TRANSITIONING', TRANSITIONING: 'AFTERCARE' },
    },
  },
  hold: {
    way: (file, moment) => hold(file, { reason: 'CLIENT_AWAY', reviewOn: '2026-04-01' }, by, moment),
    from: { OPEN_ACTIVE: 'ON_HOLD', ON_HOLD: 'ON_HOLD' },
  },
  resume: { way: (file, moment) => resume(file, by, moment), from: { ON_HOLD: 'OPEN_ACTIVE' } },
  returnToActive: {
    way: (file, moment) => returnToActive(file, by, moment),
    from: { AFTERCARE: 'OPEN_ACTIVE' },
  },
  close: {
    way: close,
    from: {
      ...{ INQUIRY: 'CLOSED', SCREENING: 'CLOSED', WAITLISTED: 'CLOSED', OPEN_ASSESSMENT: 'CLOSED' },
      ...{ OPEN_PLANNING: 'CLOSED', OPEN_ACTIVE: 'CLOSED', ON_HOLD: 'CLOSED' },
      ...{ TRANSITIONING: 'CLOSED', AFTERCARE: 'CLOSED' },
    },
  },
  reopen: { way: reopened, from: { CLOSED: 'OPEN_ASSESSMENT' } },
  markEnteredInError: {
    way: (file, moment) => markEnteredInError(file, by, moment),
    from: Object.fromEntries(
      (Object.keys(caseStates) as CaseStatus[])
        .filter((status) => status !== 'ENTERED_IN_ERROR')
        .map((status) => [status, 'ENTERED_IN_ERROR']),
    ),
  },
};
const statuses = Object.keys(caseStates) as CaseStatus[];
const fileIn = (status: CaseStatus): CaseFile => ({
  ...openCase(randomUUID(), at).caseFile,
  ...{ status, ...(status === 'CLOSED' && { closedAt: now, closureReason: 'GOALS_MET' as const }) },
  ...(['ON_HOLD', 'WAITLISTED'].includes(status) && { reviewOn: '2026-04-01', holdReason: 'OTHER' as const }),
});

describe('a case', () => {
  it.each(Object.keys(ways).flatMap((name) => statuses.map((from) => [name, from] as const)))(
    'knows of %s from %s what the table says',
    (name, from) => {
      const { way, from: table } = ways[name]!;
      const result = way(fileIn(from), at);
      expect(isProblem(result) ? undefined : (result as Moved).update.status).toBe(table[from]);
    },
  );

  it('comes by any steps only to states of the table, with a next step while it is open, and never without a date', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.integer({ min: 0, max: 20 })), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(
        steps,
        fc.constantFrom<'SCREENING' | 'OPEN_ASSESSMENT'>('SCREENING', 'OPEN_ASSESSMENT'),
        (taken, status) => {
          let file = openCase(randomUUID(), at, { status }).caseFile;
          let days = 0;
          for (const [name, more] of taken) {
            days += more;
            const moment = later(Math.min(days, 20));
            const result = ways[name]!.way(file, moment);
            if (!isProblem(result)) file = (result as Moved).update;
            const step = nextStepOf(file, by.staffId, { screeningDueAt: now }, moment);
            expect(step !== null).toBe(isOpen(file));
            expect(file.nextContactDueAt !== null).toBe(isOpen(file));
            expect(file.closedAt !== null).toBe(file.status === 'CLOSED');
            expect(file.reviewOn !== null).toBe(['ON_HOLD', 'WAITLISTED'].includes(file.status));
            expect(step?.what === '' || step?.why === '').toBe(false);
          }
        },
      ),
    );
  });

  it('begins after the one before it, also in the same millisecond and when a clock is behind', () => {
    const first = openCase(randomUUID(), at).caseFile;
    const second = openCase(first.clientId, at, { previous: first }).caseFile;
    const third = openCase(first.clientId, later(-1), { previous: second }).caseFile;
    const begins = [first, second, third].map(({ openedAt }) => openedAt.getTime() - now.getTime());
    expect(begins).toEqual([0, 1, 2]);
    expect([second.previousCaseId, third.previousCaseId]).toEqual([first.id, second.id]);
  });

  it('that nobody leads asks for a case manager, unless intake decides or it waits', () => {
    const asks = (status: CaseStatus) => nextStepOf(fileIn(status), null, { screeningDueAt: now }, at)?.code;
    expect(statuses.map(asks)).toEqual([
      ...['DECIDE_SCREENING', 'DECIDE_SCREENING', 'REVIEW_WAIT_LIST', undefined],
      ...Array.from({ length: 6 }, () => 'ASSIGN_CASE_MANAGER'),
      ...[undefined, undefined],
    ]);
  });

  it('enters a phase with who, when and why', () => {
    const file = fileIn('OPEN_PLANNING');
    const moved = advance(file, by, at) as Moved;
    expect(moved.entered).toMatchObject({ phase: 'IMPLEMENTING', enteredBy: by.staffId, reason: 'because' });
    expect(phaseEntry(file, { by: null, now })).toMatchObject({ enteredBy: null, reason: null });
  });

  it('keeps the phase of before when a pause ends', () => {
    const file: CaseFile = { ...fileIn('ON_HOLD'), phase: 'FOLLOWING_UP' };
    expect(resume(file, by, at)).toMatchObject({ update: { phase: 'FOLLOWING_UP' }, entered: null });
  });

  it.each([
    ['today', '2026-03-06', 'NOT_IN_FUTURE'],
    ['in a year', '2027-03-06', 'OUT_OF_RANGE'],
  ])('is not held until %s', (_case, reviewOn, code) => {
    expect(hold(fileIn('OPEN_ACTIVE'), { reason: 'OTHER', reviewOn }, by, at)).toMatchObject({
      issues: [{ path: 'reviewOn', code }],
    });
  });

  it('offers what its state allows', () => {
    expect(allows('CLOSED', 'REOPEN')).toBe(true);
    expect(allows('OPEN_ACTIVE', 'REOPEN')).toBe(false);
  });
});

describe('the next contact', () => {
  it.each(Object.entries(cadenceDays) as [RiskTier, number][])(
    'of tier %s is due within %i days',
    (riskTier, days) => {
      const due = nextContactAfter({ ...fileIn('OPEN_ACTIVE'), riskTier }, at)!;
      expect(Math.round((due.getTime() - now.getTime()) / 86_400_000)).toBeGreaterThanOrEqual(days - 1);
      expect(due.getTime() - now.getTime()).toBeLessThanOrEqual((days + 1) * 86_400_000);
    },
  );

  it.each([
    ['before the clocks go forward', '2026-03-07T04:30:00Z', '2026-03-14T04:00:00.000Z'],
    ['after they went forward', '2026-03-08T16:00:00Z', '2026-03-16T04:00:00.000Z'],
    ['before they go back', '2026-10-31T16:00:00Z', '2026-11-08T05:00:00.000Z'],
  ])('is the end of a day of the program, %s', (_case, reached, due) => {
    const file = fileIn('OPEN_ACTIVE');
    expect(nextContactAfter(file, { now: new Date(reached), timeZone })?.toISOString()).toBe(due);
  });

  it('after a move is due after 24 hours, then after 72', () => {
    const file = fileIn('AFTERCARE');
    const soon = new Date(now.getTime() + 60_000);
    expect(nextContactAfter(file, { now: soon, timeZone })?.getTime()).toBe(now.getTime() + 24 * 3_600_000);
    expect(nextContactAfter(file, later(1.5))?.getTime()).toBe(now.getTime() + 72 * 3_600_000);
  });
});

describe('a business day', () => {
  it.each([
    ['a Friday morning', '2026-03-06T15:00:00Z', '2026-03-09T14:00:00.000Z'],
    ['a Saturday', '2026-03-07T15:00:00Z', '2026-03-10T04:00:00.000Z'],
    ['the day before Thanksgiving', '2026-11-25T15:00:00Z', '2026-11-27T15:00:00.000Z'],
  ])('after %s', (_case, from, to) => {
    expect(oneBusinessDayAfter({ now: new Date(from), timeZone }).toISOString()).toBe(to);
  });

  it('has passed for all that began by one business day before, everywhere and always', () => {
    const instants = fc
      .integer({ min: 0, max: 14 * 24 * 60 })
      .map((minutes) => new Date(Date.parse('2026-02-27T00:00:00Z') + minutes * 60_000));
    const zones = fc.constantFrom(timeZone, 'America/Santiago', 'UTC', 'Pacific/Kiritimati');
    fc.assert(
      fc.property(instants, instants, zones, (from, present, zone) => {
        const passed = oneBusinessDayAfter({ now: from, timeZone: zone }) <= present;
        expect(from <= oneBusinessDayBefore({ now: present, timeZone: zone })).toBe(passed);
      }),
    );
  });
});
