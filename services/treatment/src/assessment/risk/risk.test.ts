import fc from 'fast-check';
import { isProblem } from '@throughline/graphql/problems';
import { driverRules, type Driver } from './drivers.ts';
import {
  decideProposal,
  isBelow,
  recompute,
  setTier,
  tierOf,
  tiers,
  type Risk,
  type RiskTier,
} from './risk.ts';

const now = new Date('2026-11-21T08:00:00Z');
const at = { now, timeZone: 'America/New_York' };
const [maria, sam, ada] = ['maria', 'sam', 'ada'] as const;
const driver = (code: string, sourceId = code): Driver => ({
  code,
  sourceType: 'Screening',
  sourceId,
  until: null,
});
const base: Risk = {
  ...{
    id: 'risk',
    clientId: '0199a000-0000-7000-8000-000000000001',
    tier: 'LOW',
    computedTier: 'LOW',
    points: 0,
  },
  ...{
    drivers: [],
    override: null,
    overrideDrivers: [],
    proposed: null,
    reviewDueOn: null,
    computedAt: now,
    version: 1,
  },
};
const withDrivers = (...codes: string[]) =>
  recompute(
    base,
    codes.map((code) => driver(code)),
    now,
  );
const set = (risk: Risk, tier: RiskTier, viewerId: string = maria, decidesAlone = false): Risk => {
  const found = setTier(risk, { tier, reason: 'Because.' }, { viewerId: viewerId, decidesAlone, at });
  if (isProblem(found)) throw new Error(found.message);
  return found;
};

describe('the tier', () => {
  it.each([
    [[], 'LOW', 0],
    [['AFTERCARE_90_DAYS'], 'MONITOR', 0],
    [['AFTERCARE_90_DAYS', 'C_SSRS_LOW'], 'LOW', 10],
    [['DEPRESSION_MODERATE'], 'MODERATE', 15],
    [['IN_TREATMENT_SUD', 'ANXIETY_MODERATE'], 'MODERATE', 30],
    [['IN_TREATMENT_SUD', 'DEPRESSION_SEVERE'], 'HIGH', 40],
    [['UNSHELTERED'], 'HIGH', 40],
    [['UNSHELTERED', 'DISCHARGED_30_DAYS', 'C_SSRS_MODERATE'], 'HIGH', 120],
    [['C_SSRS_HIGH'], 'CRISIS', 100],
    [['OVERDOSE_7_DAYS'], 'CRISIS', 100],
  ] as const)('of %j is %s with %i points', (codes, tier, points) => {
    expect(withDrivers(...codes)).toMatchObject({ tier, computedTier: tier, points });
  });

  it('never falls because of one more driver, and its points are the sum of what it shows', () => {
    const codes = [...driverRules.keys()].filter((code) => code !== 'AFTERCARE_90_DAYS');
    fc.assert(
      fc.property(fc.subarray(codes), fc.constantFrom(...codes), (some, more) => {
        const before = tierOf(some.map((code) => driver(code)));
        const after = tierOf([...some, more].map((code) => driver(code)));
        expect(isBelow(after.computedTier, before.computedTier)).toBe(false);
        expect(after.drivers.reduce((sum, one) => sum + one.points, 0)).toBe(after.points);
      }),
    );
  });

  it('has no driver without points', () => {
    expect(() => tierOf([driver('UNKNOWN')])).toThrow('no points');
  });
});

describe('a person', () => {
  it('raises it at once, and it stays until it is taken back', () => {
    const raised = set(withDrivers('DEPRESSION_MODERATE'), 'HIGH');
    expect(raised).toMatchObject({ tier: 'HIGH', override: { by: maria }, reviewDueOn: '2026-12-21' });
    const later = recompute(raised, [], now);
    expect(later).toMatchObject({ tier: 'HIGH', computedTier: 'LOW' });
    expect(recompute(later, [driver('C_SSRS_HIGH')], now)).toMatchObject({ tier: 'CRISIS', override: null });
    expect(set(later, 'LOW', sam, true)).toMatchObject({ tier: 'LOW', override: null, reviewDueOn: null });
  });

  it('lowers it only as a supervisor; a case manager proposes', () => {
    const risk = withDrivers('UNSHELTERED');
    expect(set(risk, 'LOW', sam, true)).toMatchObject({ tier: 'LOW', override: { by: sam } });
    const proposed = set(risk, 'LOW');
    expect(proposed).toMatchObject({ tier: 'HIGH', override: null, proposed: { tier: 'LOW', by: maria } });
    expect(decideProposal(proposed, true, maria, at)).toMatchObject({ kind: 'Forbidden' });
    const approved = decideProposal(proposed, true, ada, at);
    expect(approved).toMatchObject({
      update: { tier: 'LOW', proposed: null, override: { by: maria, approvedBy: ada } },
      facts: [{ type: 'RiskTierChanged', data: { tier: 'LOW' } }],
    });
    expect(decideProposal(proposed, false, ada, at)).toMatchObject({
      update: { tier: 'HIGH', proposed: null },
    });
    expect(decideProposal(risk, true, ada, at)).toMatchObject({ kind: 'InvalidTransition' });
  });

  it('loses a lower tier to the first new driver, and keeps it while nothing new comes', () => {
    const lowered = set(withDrivers('UNSHELTERED'), 'LOW', sam, true);
    expect(recompute(lowered, [driver('UNSHELTERED')], now).tier).toBe('LOW');
    const next = recompute(lowered, [driver('UNSHELTERED'), driver('DEPRESSION_MODERATE')], now);
    expect(next).toMatchObject({ tier: 'HIGH', override: null, points: 55 });
  });

  it('does not lower it while a crisis is open, and does not set what is set', () => {
    const refused = (risk: Risk, tier: RiskTier) =>
      setTier(risk, { tier, reason: 'x' }, { viewerId: 'sam', decidesAlone: true, at });
    expect(refused(withDrivers('OPEN_CRISIS'), 'HIGH')).toMatchObject({ issues: [{ code: 'CRISIS_OPEN' }] });
    expect(refused(base, 'LOW')).toMatchObject({ issues: [{ code: 'SAME' }] });
    expect(tiers).toHaveLength(5);
  });
});
