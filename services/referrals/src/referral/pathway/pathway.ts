import { today, yearsBetween, type Moment, type NeedCategory } from '@throughline/privacy';
import type { MatchInput } from '../../generated/graphql.ts';

/** What the clients service tells of a person for this question; null where the viewer may not read it. */
export interface KnownPerson {
  dateOfBirth?: string | null;
  birthYear?: number | null;
  preferredLanguage?: string | null;
  interpreterNeeded?: boolean | null;
  county?: string | null;
  postalCode?: string | null;
  blockedAgencyIds?: string[] | null;
  accessibilityNeeds?: string[] | null;
  insuranceType?: MatchInput['insurance'];
  preferences?: {
    counselorGender?: NonNullable<MatchInput['preferences']>['counselorGender'];
    cultural?: string | null;
    faith?: string | null;
    modalities: NonNullable<NonNullable<MatchInput['preferences']>['modalities']>;
    maximumDistanceKm?: number | null;
  } | null;
}

/**
 * The record of a person as a situation to match. The farthest way that the person named is a wish: a service beyond it
 * stays in the list and says so. The age counts by days of the program, of a year of birth alone from its last day. Source: infra/reference/domain.md 2.12.
 */
export function situationOfPerson(person: KnownPerson, needCategory: NeedCategory, at: Moment): MatchInput {
  const day = today(at);
  const born = person.dateOfBirth ?? (person.birthYear ? `${String(person.birthYear)}-12-31` : null);
  const { preferences } = person;
  return {
    needCategory,
    ageYears: born && born <= day ? yearsBetween(born, day) : null,
    language: person.preferredLanguage ?? null,
    interpreterNeeded: person.interpreterNeeded ?? false,
    accessibilityNeeded: (person.accessibilityNeeds ?? []).length > 0,
    county: person.county ?? null,
    postalCode: person.postalCode?.slice(0, 5) ?? null,
    insurance: person.insuranceType ?? null,
    unsafeAgencyIds: person.blockedAgencyIds ?? [],
    preferences: {
      counselorGender: preferences?.counselorGender ?? null,
      cultural: preferences?.cultural ?? null,
      faith: preferences?.faith ?? null,
      modalities: preferences?.modalities ?? [],
      withinKm: preferences?.maximumDistanceKm ?? null,
    },
  };
}
