import type { Candidate, Situation } from './candidate.ts';
import { distanceKm } from './distance.ts';
import type { InsuranceType } from '../directory-service/directory-service.ts';

export type ExclusionCode =
  | 'SERVICE_NOT_ACTIVE'
  | 'NO_REFERRALS'
  | 'NO_AGREEMENT'
  | 'NEED_NOT_SERVED'
  | 'AGENCY_TYPE'
  | 'AGE'
  | 'SERVICE_AREA'
  | 'TOO_FAR'
  | 'LANGUAGE'
  | 'ACCESSIBILITY'
  | 'ACCESS_CONDITION'
  | 'INSURANCE'
  | 'SAFETY';

export interface Exclusion {
  code: ExclusionCode;
  /** One sentence for the case manager. */
  message: string;
}

type Filter = (candidate: Candidate, situation: Situation) => Exclusion | null;

const out = (code: ExclusionCode, message: string): Exclusion => ({ code, message });

/**
 * Why a service cannot be offered to the person, each reason on its own; empty when it can. What the directory does
 * not say never excludes: it becomes an unknown.
 * Source: infra/reference/domain.md 2.12.
 */
export function exclusionsOf(candidate: Candidate, situation: Situation): Exclusion[] {
  return filters.map((filter) => filter(candidate, situation)).filter((reason) => reason !== null);
}

const filters: readonly Filter[] = [
  ({ status }) =>
    status === 'ACTIVE'
      ? null
      : out('SERVICE_NOT_ACTIVE', `The service is ${status.toLowerCase().replace('_', ' ')}.`),
  ({ acceptsReferrals }) =>
    acceptsReferrals ? null : out('NO_REFERRALS', 'The service takes no referrals.'),
  ({ hasAgreement, agencyIsActive }, { agreementNeeded }) =>
    (hasAgreement || !agreementNeeded) && agencyIsActive
      ? null
      : out('NO_AGREEMENT', 'No agreement with the agency is in force, so nothing may be sent there.'),
  ({ needCategories }, { needCategory }) =>
    needCategories.includes(needCategory)
      ? null
      : out('NEED_NOT_SERVED', 'The service does not help with this need.'),
  ({ agencyType }, { agencyTypes }) =>
    agencyTypes.length === 0 || agencyTypes.includes(agencyType)
      ? null
      : out('AGENCY_TYPE', 'The agency is of another kind than asked for.'),
  byAge,
  byArea,
  byDistance,
  byLanguage,
  ({ isAccessible }, { accessibilityNeeded }) =>
    accessibilityNeeded && isAccessible === false
      ? out('ACCESSIBILITY', 'The place is not accessible for people with disabilities.')
      : null,
  byCondition,
  (candidate, situation) =>
    takesInsurance(candidate, situation) === false
      ? out('INSURANCE', "The service does not take the person's insurance.")
      : null,
  ({ agencyId }, { unsafeAgencyIds }) =>
    unsafeAgencyIds.includes(agencyId)
      ? out('SAFETY', 'The agency was named as not safe for this person.')
      : null,
];

function byAge({ minimumAge, maximumAge }: Candidate, { ageYears }: Situation): Exclusion | null {
  if (ageYears === null) return null;
  if (minimumAge !== null && ageYears < minimumAge)
    return out('AGE', `For people from ${minimumAge} years on.`);
  if (maximumAge !== null && ageYears > maximumAge)
    return out('AGE', `For people up to ${maximumAge} years.`);
  return null;
}

/** Areas are names: they exclude only when they look like counties and none is the person's. */
function byArea({ areas }: Candidate, { county }: Situation): Exclusion | null {
  if (!county) return null;
  const counties = areas.filter((area) => /\bcounty$/i.test(area.trim()));
  if (counties.length === 0 || counties.length < areas.length) return null;
  const own = nameOfCounty(county);
  return counties.some((area) => nameOfCounty(area) === own)
    ? null
    : out('SERVICE_AREA', 'The service is for people of other counties.');
}

export function nameOfCounty(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\s+county$/, '');
}

function byDistance(candidate: Candidate, { position, maximumDistanceKm }: Situation): Exclusion | null {
  if (maximumDistanceKm === null) return null;
  const distance = distanceKm(candidate.places, position);
  return distance !== null && distance > maximumDistanceKm
    ? out('TOO_FAR', `The nearest place is ${Math.round(distance)} km away.`)
    : null;
}

function byLanguage({ languages, offersInterpretation }: Candidate, situation: Situation): Exclusion | null {
  const { language, interpreterNeeded } = situation;
  if (!language || !interpreterNeeded || languages.length === 0 || offersInterpretation) return null;
  return speaks(languages, language)
    ? null
    : out('LANGUAGE', "Neither staff nor interpreters speak the person's language.");
}

/** Whether one of the tags is the language, whatever the region. */
export function speaks(languages: readonly string[], language: string): boolean {
  const [primary] = language.split('-');
  return languages.some((tag) => tag.split('-')[0] === primary);
}

function byCondition({ accessConditions }: Candidate, { meetsConditions }: Situation): Exclusion | null {
  const unmet = accessConditions.filter((condition) => !meetsConditions.includes(condition));
  return unmet.length === 0 ? null : out('ACCESS_CONDITION', `Not known to be met: ${unmet.join(', ')}.`);
}

/** Codes of a directory's list that fit the insurance; a person with Medicare and Medicaid can use either. */
const fitting: Partial<Record<InsuranceType, readonly InsuranceType[]>> = {
  MEDICAID: ['MEDICAID'],
  MEDICARE: ['MEDICARE'],
  DUAL_ELIGIBLE: ['DUAL_ELIGIBLE', 'MEDICAID', 'MEDICARE'],
  PRIVATE: ['PRIVATE'],
  VETERANS: ['VETERANS'],
};

/**
 * Whether the service takes the person's insurance; null: it is not known. Without insurance, or with another kind, a
 * list of insurances says nothing about the person.
 */
export function takesInsurance({ insuranceAccepted }: Candidate, { insurance }: Situation): boolean | null {
  if (insurance === null || insuranceAccepted.length === 0) return null;
  if (insuranceAccepted.includes(insurance)) return true;
  return fitting[insurance]?.some((code) => insuranceAccepted.includes(code)) ?? null;
}
