import fc from 'fast-check';
import type { Candidate, Situation } from './candidate.ts';
import { rank } from './matching.ts';
import { weights } from './weight.ts';

const aCandidate = (given: Partial<Candidate> = {}): Candidate => ({
  serviceId: 'service-1',
  name: 'Harbor beds',
  status: 'ACTIVE',
  acceptsReferrals: true,
  intakeMode: 'DIRECT',
  agencyType: 'SHELTER',
  agencyId: 'agency-1',
  agencyIsActive: true,
  hasAgreement: true,
  needCategories: ['HOMELESSNESS'],
  minimumAge: null,
  maximumAge: null,
  hasEligibilityText: false,
  languages: ['en'],
  offersInterpretation: false,
  places: [{ latitude: 25.77, longitude: -80.19, postalCode: '33128', county: 'Miami-Dade', city: 'Miami' }],
  areas: [],
  isAccessible: true,
  insuranceAccepted: [],
  accessConditions: [],
  capacity: {
    code: 'CAPACITY',
    available: 3,
    maximum: 10,
    unit: 'bed',
    updatedAt: new Date(0),
    stale: false,
    expectedWaitDays: 0,
  },
  assuranceIsStale: false,
  words: 'harbor beds',
  past: { closed: 0, resolved: 0 },
  ...given,
});

const noWishes: Situation['preferences'] = {
  ...{ agencyTypes: [], intakeModes: [], withinKm: null, serviceIds: [] },
  ...{ counselorGender: null, cultural: null, faith: null, modalities: [] },
};

const aSituation = (given: Partial<Situation> = {}): Situation => ({
  needCategory: 'HOMELESSNESS',
  ageYears: 34,
  language: 'en',
  interpreterNeeded: false,
  accessibilityNeeded: false,
  county: 'Miami-Dade County',
  postalCode: '33128',
  position: { latitude: 25.77, longitude: -80.19 },
  maximumDistanceKm: null,
  insurance: null,
  meetsConditions: [],
  unsafeAgencyIds: [],
  agencyTypes: [],
  preferences: noWishes,
  agreementNeeded: true,
  ...given,
});

const reasonsOf = (candidate: Candidate, situation: Situation): string[] =>
  rank([candidate], situation).excluded.flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe('the weights of a match', () => {
  it('add up to one hundred', () => {
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });
});

describe('a service', () => {
  it.each<[string, Partial<Candidate>, Partial<Situation>, string]>([
    ['it is closed for a time', { status: 'TEMPORARILY_CLOSED' }, {}, 'SERVICE_NOT_ACTIVE'],
    ['it takes no referrals', { acceptsReferrals: false }, {}, 'NO_REFERRALS'],
    ['no agreement is in force', { hasAgreement: false }, {}, 'NO_AGREEMENT'],
    [
      'its agency is no longer worked with',
      { agencyIsActive: false },
      { agreementNeeded: false },
      'NO_AGREEMENT',
    ],
    ['it helps with other needs', { needCategories: ['DENTAL'] }, {}, 'NEED_NOT_SERVED'],
    ['another kind of agency was asked for', {}, { agencyTypes: ['CLINIC'] }, 'AGENCY_TYPE'],
    ['the person is too young', { minimumAge: 60 }, {}, 'AGE'],
    ['the person is too old', { maximumAge: 25 }, {}, 'AGE'],
    ['it serves other counties', { areas: ['Broward County'] }, {}, 'SERVICE_AREA'],
    [
      'it is farther than the limit',
      {},
      { maximumDistanceKm: 5, position: { latitude: 26.7, longitude: -80 } },
      'TOO_FAR',
    ],
    ['nobody there speaks the language', {}, { language: 'ht', interpreterNeeded: true }, 'LANGUAGE'],
    ['its place is not accessible', { isAccessible: false }, { accessibilityNeeded: true }, 'ACCESSIBILITY'],
    ['it is for women only', { accessConditions: ['WOMEN_ONLY'] }, {}, 'ACCESS_CONDITION'],
    [
      'the insurance is not taken',
      { insuranceAccepted: ['MEDICAID'] },
      { insurance: 'VETERANS' },
      'INSURANCE',
    ],
    ['it is not safe for the person', {}, { unsafeAgencyIds: ['agency-1'] }, 'SAFETY'],
  ])('is left out and says why when %s', (_case, candidate, situation, code) => {
    expect(reasonsOf(aCandidate(candidate), aSituation(situation))).toEqual([code]);
  });

  it.each<[string, Partial<Candidate>, Partial<Situation>, string]>([
    ['the age of the person', { minimumAge: 18 }, { ageYears: null }, 'AGE'],
    ['its languages', { languages: [] }, { language: 'es', interpreterNeeded: true }, 'LANGUAGE'],
    ['whether it is accessible', { isAccessible: null }, { accessibilityNeeded: true }, 'ACCESSIBILITY'],
    ['which insurance it takes', {}, { insurance: 'MEDICAID' }, 'INSURANCE'],
    [
      'what a person without insurance pays',
      { insuranceAccepted: ['MEDICAID'] },
      { insurance: 'UNINSURED' },
      'INSURANCE',
    ],
    [
      'the insurance of the person',
      { insuranceAccepted: ['MEDICAID'] },
      { insurance: 'UNKNOWN' },
      'INSURANCE',
    ],
    ['where it is', { places: [] }, {}, 'DISTANCE'],
    ['who vouches for its entry', { assuranceIsStale: true }, {}, 'ENTRY_NOT_ASSURED'],
  ])(
    'is not left out because nobody knows %s: that is said instead',
    (_case, candidate, situation, unknown) => {
      const { matches } = rank([aCandidate(candidate)], aSituation(situation));
      expect(matches[0]?.unknowns).toContain(unknown);
    },
  );

  it('takes a person with Medicare and Medicaid when it takes one of them', () => {
    const candidate = aCandidate({ insuranceAccepted: ['MEDICAID'] });
    expect(reasonsOf(candidate, aSituation({ insurance: 'DUAL_ELIGIBLE' }))).toEqual([]);
  });

  it('names every reason, not only the first', () => {
    const reasons = reasonsOf(aCandidate({ status: 'DEFUNCT', minimumAge: 60 }), aSituation());
    expect(reasons).toEqual(['SERVICE_NOT_ACTIVE', 'AGE']);
  });

  it('without an agreement can be shown for a hand-over by the person, and says so', () => {
    const { matches } = rank([aCandidate({ hasAgreement: false })], aSituation({ agreementNeeded: false }));
    expect(matches[0]?.unmet).toContain('AGREEMENT');
  });

  it('with few closed referrals is judged by the network, not by chance', () => {
    const many = aCandidate({ serviceId: 'many', past: { closed: 100, resolved: 90 } });
    const lucky = aCandidate({ serviceId: 'lucky', past: { closed: 1, resolved: 1 } });
    const poor = aCandidate({ serviceId: 'poor', past: { closed: 100, resolved: 10 } });
    const points = new Map(
      rank([many, lucky, poor], aSituation()).matches.map(({ serviceId, parts }) => [
        serviceId,
        parts.find(({ code }) => code === 'PAST_SUCCESS')?.points ?? -1,
      ]),
    );
    expect(points.get('many')).toBeGreaterThan(points.get('lucky')!);
    expect(points.get('lucky')).toBeGreaterThan(points.get('poor')!);
  });
});

const candidates = fc.array(
  fc.record({
    serviceId: fc.uuid(),
    name: fc.constantFrom('A', 'B', 'C'),
    status: fc.constantFrom('ACTIVE', 'INACTIVE', 'DEFUNCT', 'TEMPORARILY_CLOSED'),
    hasAgreement: fc.boolean(),
    minimumAge: fc.option(fc.integer({ min: 0, max: 90 })),
    languages: fc.subarray(['en', 'es', 'ht']),
    hasEligibilityText: fc.boolean(),
    isAccessible: fc.option(fc.boolean()),
    assuranceIsStale: fc.boolean(),
    days: fc.option(fc.integer({ min: 0, max: 400 })),
    code: fc.constantFrom('CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ADDITIONAL_ASSESSMENT_REQUIRED', 'UNKNOWN'),
    latitude: fc.option(fc.double({ min: -90, max: 90, noNaN: true })),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    closed: fc.nat(50),
  }),
  { maxLength: 12 },
);

type Drawn = typeof candidates extends fc.Arbitrary<(infer Row)[]> ? Row : never;

function drawn({ days, code, latitude, longitude, closed, ...row }: Drawn): Candidate {
  const base = aCandidate(row);
  return {
    ...base,
    capacity: { ...base.capacity, code: code, expectedWaitDays: days },
    places: [{ latitude, longitude, postalCode: null, county: null, city: null }],
    past: { closed, resolved: Math.floor(closed / 2) },
  };
}

const situations = fc.record({
  ageYears: fc.option(fc.integer({ min: 0, max: 110 })),
  language: fc.option(fc.constantFrom('en', 'es', 'ht', 'fr')),
  interpreterNeeded: fc.boolean(),
  accessibilityNeeded: fc.boolean(),
  maximumDistanceKm: fc.option(fc.integer({ min: 0, max: 20_000 })),
  agreementNeeded: fc.boolean(),
});

describe('a ranking, whatever the directory and the situation', () => {
  it('gives 0 to 100 points, the sum of parts within their weights', () => {
    fc.assert(
      fc.property(candidates, situations, (rows, situation) => {
        for (const { score, parts } of rank(rows.map(drawn), aSituation(situation)).matches) {
          expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          for (const { code, points } of parts) {
            expect(points >= 0 && points <= weights[code]).toBe(true);
          }
        }
      }),
    );
  });

  it('places every service once: ranked, or left out with a reason', () => {
    fc.assert(
      fc.property(candidates, situations, (rows, situation) => {
        const { matches, excluded } = rank(rows.map(drawn), aSituation(situation));
        const placed = [...matches, ...excluded].map(({ serviceId }) => serviceId).sort();
        expect(placed).toEqual(rows.map(({ serviceId }) => serviceId).sort());
        expect(excluded.every(({ reasons }) => reasons.length > 0)).toBe(true);
        const ranked = new Set(matches.map(({ serviceId }) => serviceId));
        for (const row of rows.filter(({ status }) => status !== 'ACTIVE')) {
          expect(ranked.has(row.serviceId)).toBe(false);
        }
      }),
    );
  });

  it('does not depend on the order in which services are read', () => {
    fc.assert(
      fc.property(candidates, situations, (rows, situation) => {
        const there = rank(rows.map(drawn), aSituation(situation));
        const back = rank(rows.map(drawn).reverse(), aSituation(situation));
        expect(back).toEqual(there);
      }),
    );
  });
});
