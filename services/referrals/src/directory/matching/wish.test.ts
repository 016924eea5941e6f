import type { Candidate, Situation } from './candidate.ts';
import { wishesOf } from './wish.ts';

const candidate = {
  ...{ serviceId: 'one', agencyType: 'CLINIC', intakeMode: 'DIRECT', languages: ['en'], places: [] },
  words: 'talk groups for haitian women, by phone; a quiet room to pray for muslims',
} as unknown as Candidate;
const none: Situation['preferences'] = {
  ...{ agencyTypes: [], intakeModes: [], withinKm: null, serviceIds: [] },
  ...{ counselorGender: null, cultural: null, faith: null, modalities: [] },
};
const verdicts = (preferences: Partial<Situation['preferences']>, distance: number | null = null) =>
  wishesOf(
    candidate,
    { language: null, preferences: { ...none, ...preferences } } as Situation,
    distance,
  ).map(({ code, verdict }) => [code, verdict]);

describe('a wish of the person', () => {
  it.each([
    [{ counselorGender: 'FEMALE' }, null, [['COUNSELOR_GENDER', 'MET']]],
    [{ counselorGender: 'MALE' }, null, [['COUNSELOR_GENDER', 'UNKNOWN']]],
    [{ counselorGender: 'ANY' }, null, []],
    [{ cultural: 'Somebody who knows Haïtian life' }, null, [['CULTURE', 'MET']]],
    [{ cultural: 'Prefers food from home' }, null, [['CULTURE', 'UNKNOWN']]],
    [{ faith: 'She is Muslim' }, null, [['FAITH', 'MET']]],
    [{ faith: 'Sabbath' }, null, [['FAITH', 'UNKNOWN']]],
    [{ modalities: ['GROUP'] }, null, [['MODALITY', 'MET']]],
    [{ modalities: ['IN_PERSON', 'TELEHEALTH'] }, null, [['MODALITY', 'UNKNOWN']]],
    [{ withinKm: 5 }, 4, [['WITHIN_DISTANCE', 'MET']]],
    [{ withinKm: 5 }, 6, [['WITHIN_DISTANCE', 'UNMET']]],
    [{ withinKm: 5 }, null, [['WITHIN_DISTANCE', 'UNKNOWN']]],
    [
      { agencyTypes: ['SHELTER'], serviceIds: ['one'] },
      null,
      [
        ['PREFERRED_SERVICE', 'MET'],
        ['AGENCY_TYPE', 'UNMET'],
      ],
    ],
  ] as const)('%j at %s km is compared as %j', (preferences, distance, expected) => {
    expect(verdicts(preferences as Partial<Situation['preferences']>, distance)).toEqual(expected);
  });

  it('has a reason that repeats no word of the person', () => {
    const preferences = { ...none, counselorGender: 'MALE' as const, faith: 'Secret words' };
    const reasons = wishesOf(candidate, { language: null, preferences } as unknown as Situation, null).map(
      ({ reason }) => reason,
    );
    expect(reasons).toEqual([
      'Prefers a man as counselor: the entry does not say.',
      'Something of their faith matters: the entry does not say.',
    ]);
  });
});
