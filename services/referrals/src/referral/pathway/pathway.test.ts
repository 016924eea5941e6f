import { situationOfPerson } from './pathway.ts';

const noon = { now: new Date('2026-11-28T17:00:00Z'), timeZone: 'America/New_York' };

describe('a record as a situation to match', () => {
  it('has what the person said, and the farthest way as a wish', () => {
    const person = {
      ...{ dateOfBirth: '1990-11-29', preferredLanguage: 'es', interpreterNeeded: true, county: 'Dade' },
      ...{ postalCode: '33125-1234', blockedAgencyIds: ['unsafe'], accessibilityNeeds: ['ramp'] },
      preferences: {
        counselorGender: 'FEMALE' as const,
        modalities: ['PHONE' as const],
        maximumDistanceKm: 8,
      },
    };
    expect(situationOfPerson(person, 'HOMELESSNESS', noon)).toMatchObject({
      ...{ needCategory: 'HOMELESSNESS', ageYears: 35, language: 'es', postalCode: '33125' },
      ...{ unsafeAgencyIds: ['unsafe'], accessibilityNeeded: true },
      preferences: { counselorGender: 'FEMALE', modalities: ['PHONE'], withinKm: 8, faith: null },
    });
  });

  it.each([
    [{ birthYear: 2008 }, 17],
    [{ birthYear: 2007 }, 18],
    [{ dateOfBirth: '2026-11-29' }, null],
    [{}, null],
  ])('counts the age of %j as %s: of a year alone from its last day', (born, years) => {
    expect(situationOfPerson(born, 'HOMELESSNESS', noon).ageYears).toBe(years);
  });

  it('is not a year older the evening before the birthday', () => {
    const evening = (now: string) => ({ ...noon, now: new Date(now) });
    const ageAt = (now: string) =>
      situationOfPerson({ dateOfBirth: '2008-11-29' }, 'DENTAL', evening(now)).ageYears;
    expect([ageAt('2026-11-29T04:59:59Z'), ageAt('2026-11-29T05:00:00Z')]).toEqual([17, 18]);
  });

  it('compares nothing that the viewer may not read', () => {
    const withheld = { dateOfBirth: null, county: null, blockedAgencyIds: null, preferences: null };
    expect(situationOfPerson(withheld, 'DENTAL', noon)).toMatchObject({
      ...{ ageYears: null, county: null, unsafeAgencyIds: [] },
      preferences: { counselorGender: null, modalities: [], withinKm: null },
    });
  });
});
