import fc from 'fast-check';
import {
  bandOf,
  caseloadOf,
  phaseWeights,
  pointsOf,
  tierWeights,
  type Load,
  type RiskTier,
} from './caseload.ts';

const load = (count: number, tier: RiskTier, status: string, modifiers = 0): Load => ({
  tier,
  status,
  modifiers,
  count,
});
/** Source: infra/reference/domain.md 8.12. */
const worked = [
  load(4, 'HIGH', 'OPEN_ACTIVE'),
  load(8, 'MODERATE', 'OPEN_ACTIVE'),
  load(6, 'LOW', 'AFTERCARE'),
  load(1, 'CRISIS', 'OPEN_ASSESSMENT'),
];
const limits = { points: 40, heads: 45, fte: 0.8 };

describe('a caseload', () => {
  it('weighs 31.6 of 32 points in the worked example: WARNING at 98.8 percent', () => {
    const caseload = caseloadOf(worked, limits);
    expect(caseload).toEqual({
      ...{ points: 31.6, limit: 32, headCount: 19, headCountLimit: 45, band: 'WARNING' },
      byTier: [
        { tier: 'CRISIS', count: 1, points: 6 },
        { tier: 'HIGH', count: 4, points: 10 },
        { tier: 'MODERATE', count: 8, points: 12 },
        { tier: 'LOW', count: 6, points: 3.6 },
      ],
    });
    expect(((caseload.points / caseload.limit) * 100).toFixed(1)).toBe('98.8');
  });

  it('is OVER with one more MODERATE', () => {
    expect(caseloadOf([...worked, load(1, 'MODERATE', 'OPEN_ACTIVE')], limits)).toMatchObject({
      ...{ points: 33.1, band: 'OVER' },
    });
  });

  it.each([
    [33.99, 'OK'],
    [34, 'WARNING'],
    [39.99, 'WARNING'],
    [40, 'OVER'],
  ])('of %d of 40 points is %s', (points, band) => {
    expect(bandOf({ points, limit: 40, headCount: 20, headCountLimit: 45 })).toBe(band);
  });

  it('is OVER with more heads than the most, however light they are', () => {
    const of = (count: number) =>
      caseloadOf([load(count, 'MONITOR', 'ON_HOLD')], { points: 40, heads: 10, fte: 1 });
    expect([of(10).band, of(11).band]).toEqual(['OK', 'OVER']);
  });

  it.each([
    [0, 1.5],
    [1, 1.875],
    [4, 3],
    [5, 3],
  ])(
    'with %d modifiers of a MODERATE case weighs %d: together they add its own weight at most',
    (modifiers, points) => {
      expect(pointsOf(load(1, 'MODERATE', 'OPEN_PLANNING', modifiers))).toBe(points);
    },
  );

  const anyLoad = fc.record({
    tier: fc.constantFrom(...(Object.keys(tierWeights) as RiskTier[])),
    status: fc.constantFrom('OPEN_ASSESSMENT', 'OPEN_ACTIVE', 'ON_HOLD', 'AFTERCARE', 'TRANSITIONING'),
    modifiers: fc.nat(8),
    count: fc.integer({ min: 1, max: 20 }),
  });

  it('does not depend on the order of its cases, and grows with each of them', () => {
    fc.assert(
      fc.property(fc.array(anyLoad), anyLoad, (loads, more) => {
        const before = caseloadOf(loads, limits);
        expect(caseloadOf(loads.toReversed(), limits).points).toBe(before.points);
        const after = caseloadOf([...loads, more], limits);
        expect(after.points).toBeGreaterThan(before.points);
        expect(after.headCount).toBe(before.headCount + more.count);
      }),
    );
  });

  it('knows a weight for every phase', () => {
    expect(Object.values(phaseWeights)).toEqual([1.5, 1.5, 1, 0.6, 0.3]);
  });
});
