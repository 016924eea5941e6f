import { isProblem } from '@throughline/graphql/problems';
import {
  addCredential,
  addEvidence,
  changeCredential,
  credentialChanges,
  endOfCycle,
  renewCredential,
  statusOf,
  verifyCredential,
  type Credential,
  type CredentialChange,
  type CredentialType,
  type StoredStatus,
} from './credential.ts';
import { factOf, nextStep, stepsOf } from './expiry-ladder.ts';
import { gateOf } from './gate.ts';

const timeZone = 'America/New_York';
const ccm: CredentialType = {
  ...{
    id: 'type',
    version: 1,
    code: 'CCM',
    name: 'Certified Case Manager',
    issuer: 'CCMC',
    cycleMonths: 60,
    ceHours: 80,
  },
  ...{ ceEthicsHours: 8, renewalOpensDays: 90, graceDays: 30, qualifies: true },
};
const credential: Credential = {
  ...{ id: '0193a000-0000-7000-8000-000000000001', staffId: '0193a000-0000-7000-8000-000000000002' },
  ...{ typeCode: 'CCM', number: 'C-1', issuedOn: '2022-03-15', expiresOn: '2027-03-14', status: 'VERIFIED' },
  ...{ evidence: [], renewsUntil: null, verifiedBy: 'sam', verifiedAt: new Date(), version: 1 },
};
const evidence = { kind: 'REGISTRY', reference: 'R-77' } as const;
const noonOf = (day: string) => ({ now: new Date(`${day}T17:00:00Z`), timeZone });

describe('the state of a verified credential', () => {
  it.each([
    ['2026-12-13', 'VERIFIED'],
    ['2026-12-14', 'EXPIRING'],
    ['2027-03-14', 'EXPIRING'],
    ['2027-03-15', 'EXPIRED_IN_GRACE'],
    ['2027-04-13', 'EXPIRED_IN_GRACE'],
    ['2027-04-14', 'EXPIRED'],
  ])('on %s is %s', (day, status) => {
    expect(statusOf(credential, ccm, noonOf(day))).toBe(status);
  });

  it('turns at midnight of the program, on the day when the clocks change', () => {
    const at = (time: string) => statusOf(credential, ccm, { now: new Date(time), timeZone });
    expect(at('2027-03-15T03:59:59Z')).toBe('EXPIRING');
    expect(at('2027-03-15T04:00:00Z')).toBe('EXPIRED_IN_GRACE');
  });

  it('is the stored one when it is not verified, and when it does not expire', () => {
    expect(statusOf({ ...credential, status: 'SUSPENDED' }, ccm, noonOf('2030-01-01'))).toBe('SUSPENDED');
    expect(statusOf({ ...credential, expiresOn: null }, ccm, noonOf('2090-01-01'))).toBe('VERIFIED');
  });
});

describe('a credential', () => {
  const draft = { staffId: 'maria', typeCode: 'CCM', issuedOn: '2026-11-01' };
  const at = noonOf('2026-11-27');

  it('waits for evidence, is submitted with it, and is verified then', () => {
    const added = addCredential(draft, ccm, at) as { insert: Credential };
    expect(added.insert).toMatchObject({ status: 'PENDING_EVIDENCE', expiresOn: '2031-10-31' });
    expect(isProblem(verifyCredential(added.insert, 'sam', at.now))).toBe(true);
    const submitted = (addEvidence(added.insert, evidence) as { update: Credential }).update;
    expect(submitted.status).toBe('SUBMITTED');
    expect(verifyCredential(submitted, 'sam', at.now)).toMatchObject({
      update: { status: 'VERIFIED', verifiedBy: 'sam' },
    });
    expect(addCredential({ ...draft, evidence: [evidence] }, ccm, at)).toMatchObject({
      insert: { status: 'SUBMITTED' },
    });
  });

  it.each([
    ['an unknown type', {}, null, 'typeCode'],
    ['a first day in the future', { issuedOn: '2026-11-28' }, ccm, 'issuedOn'],
    ['a last day before the first', { expiresOn: '2026-10-01' }, ccm, 'expiresOn'],
  ] as const)('is refused with %s', (_what, change, type, path) => {
    expect(addCredential({ ...draft, ...change }, type, at)).toMatchObject({ issues: [{ path }] });
  });

  const statuses: StoredStatus[] = [
    ...(['PENDING_EVIDENCE', 'SUBMITTED', 'VERIFIED', 'SUSPENDED', 'REVOKED', 'RETIRED'] as const),
  ];
  const changes = Object.keys(credentialChanges) as CredentialChange[];
  it.each(changes.flatMap((change) => statuses.map((from) => [change, from] as const)))(
    '%s from %s goes as the table says',
    (change, from) => {
      const decision = changeCredential({ ...credential, status: from }, change);
      const { from: allowed, to }: { from: readonly StoredStatus[]; to: StoredStatus } =
        credentialChanges[change];
      if (allowed.includes(from)) expect(decision).toMatchObject({ update: { status: to } });
      else expect(isProblem(decision)).toBe(true);
    },
  );

  it.each([
    ['2026-11-01', 60, '2031-10-31'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2028-02-29', 24, '2030-02-28'],
    ['2026-03-15', 24, '2028-03-14'],
  ])('that begins on %s for %d months ends on %s', (begins, cycleMonths, ends) => {
    expect(endOfCycle(begins, { cycleMonths })).toBe(ends);
  });
});

describe('a renewal', () => {
  const enough = { type: ccm, earned: { hours: 80, ethicsHours: 8 } };
  const asked = { expiresOn: undefined, byExam: false, evidence };
  const renewal = (day: string, known: object = enough, more: object = {}) =>
    renewCredential(credential, { ...enough, ...known }, { ...asked, ...more }, noonOf(day));

  it.each([
    ['2026-12-13', false],
    ['2026-12-14', true],
    ['2027-04-13', true],
    ['2027-04-14', false],
  ])('on %s is possible: %s', (day, possible) => {
    expect(isProblem(renewal(day))).toBe(!possible);
  });

  it('needs 80 hours, of which 8 of ethics, or an exam', () => {
    const short = { earned: { hours: 79.5, ethicsHours: 7 } };
    expect(renewal('2027-01-10', short)).toMatchObject({
      issues: [
        { code: 'HOURS_MISSING', message: '0.5 hours of continuing education are missing.' },
        { code: 'ETHICS_HOURS_MISSING' },
      ],
    });
    expect(isProblem(renewal('2027-01-10', short, { byExam: true }))).toBe(false);
  });

  it('counts when somebody has verified it: the next cycle begins the day after', () => {
    const waiting = (renewal('2027-01-10') as { update: Credential }).update;
    expect(waiting).toMatchObject({ renewsUntil: '2032-03-14', expiresOn: '2027-03-14' });
    expect(verifyCredential(waiting, 'sam', new Date())).toMatchObject({
      update: { issuedOn: '2027-03-15', expiresOn: '2032-03-14', renewsUntil: null },
    });
    expect(isProblem(renewCredential(waiting, enough, asked, noonOf('2027-01-11')))).toBe(true);
  });
});

describe('the ladder of warnings', () => {
  it('has a step 180, 90, 60, 30, 7 and 0 days before the end, one day after it, and after the grace', () => {
    expect(stepsOf(credential, ccm).map(({ on, daysLeft }) => `${on} ${String(daysLeft)}`)).toEqual([
      ...['2026-09-15 180', '2026-12-14 90', '2027-01-13 60', '2027-02-12 30', '2027-03-07 7'],
      ...['2027-03-14 0', '2027-03-15 -1', '2027-04-14 -31'],
    ]);
    expect(stepsOf({ ...credential, status: 'REVOKED' }, ccm)).toEqual([]);
    expect(stepsOf(credential, { graceDays: 0 }).at(-1)?.daysLeft).toBe(-1);
  });

  it('goes on at midnight of the program, before and after the clocks change', () => {
    const steps = stepsOf(credential, ccm);
    const next = (time: string) => nextStep(steps, { now: new Date(time), timeZone });
    expect(next('2027-03-13T12:00:00Z')?.at.toISOString()).toBe('2027-03-14T05:00:00.000Z');
    expect(next('2027-03-14T12:00:00Z')?.at.toISOString()).toBe('2027-03-15T04:00:00.000Z');
    expect(next('2027-05-01T12:00:00Z')).toBeNull();
  });

  it('forgets no end when the service was down: the last step that passed comes next', () => {
    const steps = stepsOf(credential, ccm);
    const told = steps.find(({ daysLeft }) => daysLeft === 30) ?? null;
    const on = (day: string) => ({ now: new Date(`${day}T12:00:00Z`), timeZone });
    expect(nextStep(steps, on('2027-02-13'), told)?.daysLeft).toBe(7);
    expect(nextStep(steps, on('2027-03-20'), told)?.daysLeft).toBe(-1);
    expect(nextStep(steps, on('2027-05-01'), told)?.daysLeft).toBe(-31);
    expect(nextStep(steps, on('2027-05-01'))).toBeNull();
  });

  it('tells days that are left, then that it is over, in grace and after it', () => {
    const told = stepsOf(credential, ccm)
      .slice(-3)
      .map((step) => factOf(credential, step, ccm.graceDays, new Date()));
    expect(told.map(({ type, data }) => [type, data])).toMatchObject([
      ['CredentialExpiring', { daysLeft: 0 }],
      ['CredentialExpired', { inGrace: true }],
      ['CredentialExpired', { inGrace: false }],
    ]);
  });
});

describe('the gate to new cases', () => {
  const held = (change: Partial<Credential>, type: Partial<CredentialType> = {}) => ({
    credential: { ...credential, ...change },
    type: { ...ccm, ...type },
  });
  const at = noonOf('2026-11-27');
  it.each([
    ['a verified one', 'sam', [held({})], 'QUALIFIED'],
    ['one in grace', null, [held({ expiresOn: '2026-11-20' })], 'QUALIFIED'],
    ['an expired one', 'sam', [held({ expiresOn: '2026-10-20' })], 'CREDENTIAL_EXPIRED'],
    ['an expired and a verified one', null, [held({ expiresOn: '2026-10-20' }), held({})], 'QUALIFIED'],
    ['a suspended one', 'sam', [held({ status: 'SUSPENDED' })], 'CREDENTIAL_WITHDRAWN'],
    ['none, with a supervisor', 'sam', [], 'TRAINEE'],
    ['none, without a supervisor', null, [], 'NO_SUPERVISOR'],
    ['one that waits', null, [held({ status: 'SUBMITTED' })], 'NO_SUPERVISOR'],
    ['one that does not qualify', 'sam', [held({}, { qualifies: false })], 'TRAINEE'],
  ] as const)('of somebody with %s', (_what, supervisorId, credentials, reason) => {
    expect(gateOf({ supervisorId }, credentials, at)).toEqual({
      ...{ reason, isOpen: reason === 'QUALIFIED' || reason === 'TRAINEE' },
    });
  });
});
