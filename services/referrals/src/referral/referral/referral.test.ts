import { referralStatuses, type ReferralStatus } from '@throughline/privacy';
import fc from 'fast-check';
import { requestStatusOf } from '../referral-request/referral-request.ts';
import { isTombstone, partnerEventOf } from '../partner-event/partner-event.ts';
import { addBusinessDays, deadlinesOf, resumedDeadline } from './deadlines.ts';
import type { Timed } from './effects.ts';
import { aReferral } from './builders.ts';
import { allowedCommands, decide, type Referral } from './referral.ts';
import {
  referralCommands,
  transitionFor,
  transitions,
  type ActingRole,
  type ReferralCommand,
  type Transition,
} from './transitions.ts';
import { isTaken, isTerminal } from './states.ts';

const now = new Date('2026-11-23T12:00:00Z');
const roles: readonly ActingRole[] = [
  'CASE_MANAGER',
  'SUPERVISOR',
  'PRIVACY_OFFICER',
  'PARTNER_INTAKE',
  'PARTNER_ADMIN',
  'PARTNER_SYSTEM',
  'SYSTEM',
];

/** Everything that any command could ask for. */
const complete: Timed = {
  now,
  timeZone: 'UTC',
  question: 'Which language?',
  note: 'As told',
  declineReason: 'NO_CAPACITY',
  cancelReason: 'CLIENT_MOVED',
  holdReason: 'AWAITING_BED',
  outcomeCode: 'HOUSED',
  unresolvedReason: 'CAPACITY_LOST',
  closedBySide: 'PROVIDER',
  askedBy: 'CLIENT',
  attestedSource: 'PARTNER_PHONE',
  startsAt: new Date('2026-11-25T09:00:00Z'),
  firstServiceAt: new Date('2026-11-23T10:00:00Z'),
  reviewOn: '2026-12-01',
  expectedOn: '2026-12-01',
};

const everyCase = referralStatuses.flatMap((status) =>
  referralCommands.flatMap((command) => roles.map((role) => ({ status, command, role }))),
);

describe('the table of transitions', () => {
  it('holds the rows T2 to T25 and answers each command in a state once', () => {
    expect(new Set(transitions.map(({ rule }) => rule))).toEqual(
      new Set(Array.from({ length: 24 }, (_, index) => `T${String(index + 2)}`)),
    );
    for (const { status, command } of everyCase) {
      const rows: readonly Transition[] = transitions;
      expect(rows.filter((row) => row.command === command && row.from.includes(status)).length).toBeLessThan(
        2,
      );
    }
  });

  it('is what decides: every command in every state by every role', () => {
    for (const { status, command, role } of everyCase) {
      const row = transitionFor(command, status);
      const may = row && [...row.by, ...(row.attestedBy ?? [])].includes(role) && command !== 'reroute';
      const outcome = decide(aReferral({ status }), command, { roles: [role] }, complete);
      expect({ status, command, role, done: !('blocked' in outcome) }).toEqual({
        ...{ status, command, role },
        done: may === true,
      });
    }
  });

  it('names what is allowed when it refuses', () => {
    const outcome = decide(
      aReferral({ status: 'DECLINED' }),
      'accept',
      { roles: ['PARTNER_INTAKE'] },
      complete,
    );
    expect(outcome).toEqual({ blocked: 'TRANSITION', from: 'DECLINED', command: 'accept', allowed: [] });
    const at = (status: ReferralStatus, role: ActingRole, startsAt: Date | null = null) =>
      allowedCommands({ status, startsAt }, { roles: [role] }, now);
    expect(at('SENT', 'PARTNER_INTAKE')).toEqual([
      'acknowledge',
      'requestInfo',
      'accept',
      'decline',
      'waitlist',
    ]);
    expect(at('DECLINED', 'CASE_MANAGER')).toEqual(['reroute']);
  });

  it('offers only commands that have a mutation in the graph of the role, and whose time has come', () => {
    const at = (status: ReferralStatus, role: ActingRole, startsAt: Date | null = null) =>
      allowedCommands({ status, startsAt }, { roles: [role] }, now);
    // Staff may record these for an agency by the table, but the staff graph has no mutation for them.
    expect(at('ACCEPTED', 'CASE_MANAGER')).toEqual(['closeResolved', 'closeUnresolved', 'cancel']);
    expect(at('COMPLETED', 'PARTNER_ADMIN')).toEqual([]);
    const [past, future] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
    expect(at('SCHEDULED', 'PARTNER_INTAKE', past)).toContain('recordNoShow');
    expect(at('SCHEDULED', 'PARTNER_INTAKE', future)).not.toContain('recordNoShow');
  });

  it('tells a role that may not apart from a state that does not allow it', () => {
    const sent = aReferral({ status: 'SENT' });
    expect(decide(sent, 'enterInError', { roles: ['CASE_MANAGER'] }, complete)).toMatchObject({
      blocked: 'ROLE',
    });
    expect(decide(sent, 'submit', { roles: ['CASE_MANAGER'] }, complete)).toMatchObject({
      blocked: 'TRANSITION',
    });
  });

  it('is never left, and what has ended stays ended except for an error', () => {
    const step = fc.record({
      command: fc.constantFrom(...referralCommands),
      role: fc.constantFrom(...roles),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let referral = aReferral({ status: 'DRAFT' });
        for (const { command, role } of steps) {
          const outcome = decide(referral, command, { roles: [role] }, complete);
          if ('blocked' in outcome) continue;
          const { from, to } = outcome.step;
          expect(transitionFor(command, referral.status)).toBeDefined();
          if (from && isTerminal(from)) expect([from, 'ENTERED_IN_ERROR']).toContain(to);
          expect(outcome.referral.version).toBe(referral.version + 1);
          referral = outcome.referral;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a command must bring', () => {
  const faultsOf = (status: ReferralStatus, command: ReferralCommand, role: ActingRole, details: object) => {
    const outcome = decide(
      aReferral({ status }),
      command,
      { roles: [role] },
      { now, timeZone: 'UTC', ...details },
    );
    return 'blocked' in outcome && outcome.blocked === 'INPUT'
      ? outcome.faults.map(({ path, code }) => `${path} ${code}`)
      : [];
  };

  const agencyGives = (status: ReferralStatus, command: ReferralCommand, details: object) =>
    faultsOf(status, command, 'PARTNER_INTAKE', details);

  it.each<[string, string[], string[]]>([
    ['a reason to decline', agencyGives('SENT', 'decline', {}), ['declineReason REQUIRED']],
    ['a text for OTHER', agencyGives('SENT', 'decline', { declineReason: 'OTHER' }), ['note REQUIRED']],
    ['a question', agencyGives('SENT', 'requestInfo', { question: '  ' }), ['question REQUIRED']],
    [
      'a place in line and a review',
      agencyGives('SENT', 'waitlist', {}),
      ['expectedOn REQUIRED', 'reviewOn REQUIRED'],
    ],
    ['a date ahead', agencyGives('ACCEPTED', 'schedule', { startsAt: now }), ['startsAt IN_PAST']],
    [
      'a service that has begun',
      agencyGives('ACCEPTED', 'startService', { firstServiceAt: new Date('2027-01-01') }),
      ['firstServiceAt IN_FUTURE'],
    ],
    [
      'an outcome and a beginning',
      agencyGives('ACCEPTED', 'closeResolved', {}),
      ['outcomeCode REQUIRED', 'firstServiceAt REQUIRED'],
    ],
    [
      'no reason of the system',
      agencyGives('IN_PROGRESS', 'closeUnresolved', {
        unresolvedReason: 'CONSENT_REVOKED',
        closedBySide: 'CLIENT',
      }),
      ['unresolvedReason RESERVED'],
    ],
  ])('%s', (_what, found, faults) => {
    expect(found).toEqual(faults);
  });

  it.each([
    ['America/New_York', '2026-11-23', '2026-11-24T04:30Z', '2026-11-24T05:30Z'],
    ['America/New_York', '2026-03-08', '2026-03-09T03:30Z', '2026-03-09T04:30Z'],
    ['America/New_York', '2026-11-01', '2026-11-02T04:30Z', '2026-11-02T05:30Z'],
    ['Pacific/Guam', '2026-11-23', '2026-11-23T13:30Z', '2026-11-23T14:30Z'],
  ])('a day of review that is not over for the agency in %s: %s', (timeZone, reviewOn, late, early) => {
    const hold = (at: string) =>
      agencyGives('ACCEPTED', 'hold', { holdReason: 'AWAITING_BED', reviewOn, timeZone, now: new Date(at) });
    expect(hold(late)).toEqual([]);
    expect(hold(early)).toEqual(['reviewOn IN_PAST']);
  });

  it.each([
    ['ACCEPTED', 'schedule', { startsAt: new Date('9999-01-01') }, 'startsAt TOO_FAR'],
    [
      'ACCEPTED',
      'startService',
      { firstServiceAt: new Date('2020-01-01') },
      'firstServiceAt BEFORE_REFERRAL',
    ],
    ['ACCEPTED', 'hold', { holdReason: 'AWAITING_BED', reviewOn: '9999-01-01' }, 'reviewOn TOO_FAR'],
    ['SENT', 'waitlist', { waitlistPosition: 1e9, reviewOn: '2026-12-01' }, 'waitlistPosition OUT_OF_RANGE'],
  ] as const)('no nonsense: %s %s', (status, command, details, wrong) => {
    expect(faultsOf(status, command, 'PARTNER_INTAKE', details)).toEqual([wrong]);
  });

  it('a source, when staff record it for the agency', () => {
    const details = { ...complete, attestedSource: null };
    expect(faultsOf('IN_PROGRESS', 'closeResolved', 'CASE_MANAGER', details)).toEqual([
      'attestedSource REQUIRED',
    ]);
    expect(faultsOf('IN_PROGRESS', 'closeResolved', 'PARTNER_INTAKE', details)).toEqual([]);
  });

  it('a missed appointment lies in the past, and is counted', () => {
    const scheduled = (startsAt: Date) => aReferral({ status: 'SCHEDULED', startsAt, noShowCount: 1 });
    const miss = (referral: Referral) =>
      decide(referral, 'recordNoShow', { roles: ['PARTNER_INTAKE'] }, complete);
    expect(miss(scheduled(new Date('2026-11-24')))).toMatchObject({ blocked: 'INPUT' });
    expect(miss(scheduled(new Date('2026-11-22')))).toMatchObject({
      referral: { noShowCount: 2, status: 'NO_SHOW' },
    });
  });

  it.each<[ReferralStatus, ReferralStatus]>([
    ['IN_PROGRESS', 'IN_PROGRESS'],
    ['SCHEDULED', 'ACCEPTED'],
    ['ACCEPTED', 'ACCEPTED'],
  ])('a pause from %s ends in %s', (before, after) => {
    const held = decide(aReferral({ status: before }), 'hold', { roles: ['PARTNER_INTAKE'] }, complete);
    const resumed =
      'blocked' in held ? held : decide(held.referral, 'resume', { roles: ['PARTNER_INTAKE'] }, complete);
    expect(resumed).toMatchObject({ referral: { status: after, holdReason: null } });
  });
});

describe('the status of a request', () => {
  it.each<[ReferralStatus[], string]>([
    [['DRAFT'], 'DRAFT'],
    [['PENDING_CONSENT', 'DRAFT'], 'AWAITING_CONSENT'],
    [['SENT', 'DECLINED'], 'OPEN'],
    [['SENT', 'ACCEPTED'], 'MATCHED'],
    [['DECLINED', 'EXPIRED'], 'NEEDS_REROUTE'],
    [['DECLINED', 'EXPIRED', 'COMPLETED'], 'RESOLVED'],
    [['CANCELLED'], 'CANCELLED'],
    [['ENTERED_IN_ERROR'], 'ENTERED_IN_ERROR'],
  ])('of %j is %s', (statuses, expected) => {
    expect(requestStatusOf(statuses)).toBe(expected);
  });

  it('is unresolved once the case manager gave up', () => {
    expect(requestStatusOf(['DECLINED'], true)).toBe('UNRESOLVED');
  });
});

describe('the agency’s clock', () => {
  const zone = 'America/New_York';
  it.each([
    ['over a weekend', '2026-11-20T15:00:00Z', 1, '2026-11-23T15:00:00.000Z'],
    ['over Thanksgiving and a weekend', '2026-11-25T15:00:00Z', 2, '2026-11-30T15:00:00.000Z'],
    ['over the change of the clocks', '2026-10-30T14:00:00Z', 1, '2026-11-02T15:00:00.000Z'],
  ])('counts business days %s', (_what, from, days, expected) => {
    expect(addBusinessDays(new Date(from), days, zone).toISOString()).toBe(expected);
  });

  it('gives an emergency two hours and a day', () => {
    expect(deadlinesOf('EMERGENT', now, zone)).toEqual({
      decideBy: new Date('2026-11-23T14:00:00Z'),
      expiresAt: new Date('2026-11-24T12:00:00Z'),
    });
  });

  it('goes on with what was left, one business day at least', () => {
    expect(resumedDeadline(60_000, now, zone)).toEqual(new Date('2026-11-24T12:00:00Z'));
    expect(resumedDeadline(3 * 86_400_000, now, zone)).toEqual(new Date('2026-11-26T12:00:00Z'));
  });
});

describe('what an agency is told', () => {
  const step = { rule: 'T16', command: 'supersede', from: 'SENT', reason: null, note: null } as const;
  it('never tells why a referral was taken back, nor of a draft', () => {
    const superseded = aReferral({ status: 'CANCELLED', cancelReason: 'SUPERSEDED', sentAt: now });
    expect(partnerEventOf(superseded, { ...step, to: 'CANCELLED', fact: 'superseded' })).toMatchObject({
      type: 'partner.referral.cancelled',
      priority: null,
    });
    const draft = aReferral({ status: 'CANCELLED', sentAt: null });
    expect(partnerEventOf(draft, { ...step, to: 'CANCELLED', fact: 'cancelled' })).toBeNull();
    expect(isTombstone(superseded)).toBe(true);
  });
});

it('an agency has taken somebody on exactly in the states that exclude another one', () => {
  expect(referralStatuses.filter(isTaken)).toEqual([
    'ACCEPTED',
    'SCHEDULED',
    'NO_SHOW',
    'IN_PROGRESS',
    'ON_HOLD',
  ]);
});
