import type { Candidate, Situation } from './candidate.ts';
import { distanceKm } from './distance.ts';
import { exclusionsOf, nameOfCounty, speaks, takesInsurance, type Exclusion } from './exclusion.ts';
import { weights, type MatchPartCode } from './weight.ts';
import { wishesOf, type Wish } from './wish.ts';

export interface MatchPart {
  code: MatchPartCode;
  points: number;
  most: number;
  /** Explanation of the points, in one sentence. */
  reason: string;
}

export interface Match {
  serviceId: string;
  /** 0 to 100: the sum of the parts. */
  score: number;
  parts: MatchPart[];
  /** What the directory does not say and somebody should ask. */
  unknowns: string[];
  /** Preferences that this service does not meet. */
  unmet: string[];
  /** Each wish of the person, and whether the service meets it. */
  wishes: Wish[];
  distanceKm: number | null;
}

export interface Excluded {
  serviceId: string;
  reasons: Exclusion[];
}

export interface Ranking {
  matches: Match[];
  excluded: Excluded[];
}

/**
 * Ranks services for a person: those that cannot be offered are set apart with every reason, the others get 0 to 100
 * points. The order is by score, then name, then id, so that the same question gets the same answer.
 * Source: infra/reference/domain.md 2.12.
 */
export function rank(candidates: readonly Candidate[], situation: Situation): Ranking {
  const mean = networkMean(candidates);
  const excluded: Excluded[] = [];
  const matches: { match: Match; name: string }[] = [];
  for (const candidate of candidates) {
    const reasons = exclusionsOf(candidate, situation);
    if (reasons.length > 0) excluded.push({ serviceId: candidate.serviceId, reasons });
    else matches.push({ match: matchOf(candidate, situation, mean), name: candidate.name });
  }
  matches.sort(
    (a, b) =>
      b.match.score - a.match.score ||
      compare(a.name, b.name) ||
      compare(a.match.serviceId, b.match.serviceId),
  );
  excluded.sort((a, b) => a.reasons.length - b.reasons.length || compare(a.serviceId, b.serviceId));
  return { matches: matches.map(({ match }) => match), excluded };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function matchOf(candidate: Candidate, situation: Situation, mean: number): Match {
  const distance = distanceKm(candidate.places, situation.position);
  const wishes = wishesOf(candidate, situation, distance);
  const parts = [
    capacityPart(candidate),
    distancePart(candidate, situation, distance),
    eligibilityPart(candidate, situation),
    preferencePart(wishes),
    pastPart(candidate, mean),
    waitPart(candidate),
    languagePart(candidate, situation),
  ];
  return {
    serviceId: candidate.serviceId,
    score: parts.reduce((sum, { points }) => sum + points, 0),
    parts,
    unknowns: [...unknownsOf(candidate, situation, distance), ...codesOf(wishes, 'UNKNOWN')],
    unmet: [...codesOf(wishes, 'UNMET'), ...(candidate.hasAgreement ? [] : ['AGREEMENT'])],
    wishes,
    distanceKm: distance === null ? null : Math.round(distance * 10) / 10,
  };
}

/** A distance that is not known stands among the unknowns of the entry already. */
function codesOf(wishes: readonly Wish[], verdict: Wish['verdict']): string[] {
  return wishes
    .filter((wish) => wish.verdict === verdict && !(verdict === 'UNKNOWN' && wish.code === 'WITHIN_DISTANCE'))
    .map(({ code }) => code);
}

/** Whole points, so that the parts always add up to the score. */
function part(code: MatchPartCode, share: number, reason: string): MatchPart {
  const most = weights[code];
  return { code, points: Math.round(most * Math.min(1, Math.max(0, share))), most, reason };
}

function capacityPart({ capacity: { code } }: Candidate): MatchPart {
  switch (code) {
    case 'CAPACITY':
      return part('CAPACITY', 1, 'There is room, told recently.');
    case 'ADDITIONAL_ASSESSMENT_REQUIRED':
      return part('CAPACITY', 0.6, 'There may be room after an assessment.');
    case 'UNKNOWN':
      return part('CAPACITY', 0.4, 'Whether there is room is not known, or was told too long ago.');
    case 'WAITLIST':
      return part('CAPACITY', 0.2, 'There is a waiting list.');
    case 'NO_CAPACITY':
      return part('CAPACITY', 0, 'There is no room.');
  }
}

/** All points within 2 km, none from 50 km. */
function distancePart(
  { places }: Candidate,
  { county, postalCode }: Situation,
  distance: number | null,
): MatchPart {
  if (distance !== null) {
    return part('DISTANCE', 1 - (distance - 2) / 48, `The nearest place is ${Math.round(distance)} km away.`);
  }
  if (postalCode && places.some((place) => place.postalCode?.startsWith(postalCode))) {
    return part('DISTANCE', 0.9, 'It is in the same postal code.');
  }
  const inCounty = places.some(
    (place) => place.county && county && nameOfCounty(place.county) === nameOfCounty(county),
  );
  if (inCounty) return part('DISTANCE', 0.6, 'It is in the same county.');
  return part('DISTANCE', 0.3, 'How far away it is, is not known.');
}

function eligibilityPart(candidate: Candidate, situation: Situation): MatchPart {
  const ageSays = candidate.minimumAge !== null || candidate.maximumAge !== null;
  const sure = [
    !ageSays || situation.ageYears !== null,
    !candidate.hasEligibilityText,
    takesInsurance(candidate, situation) === true,
    !candidate.assuranceIsStale,
  ].filter(Boolean).length;
  const reason = sure === 4 ? 'Nothing speaks against it.' : 'Some conditions have to be asked.';
  return part('ELIGIBILITY', (sure + 1) / 5, reason);
}

/** Half of the points where nothing was wished, or where the directory does not say. */
function preferencePart(wishes: readonly Wish[]): MatchPart {
  if (wishes.length === 0) return part('PREFERENCE', 0.5, 'No wishes were named.');
  const count = (verdict: Wish['verdict']) => wishes.filter((wish) => wish.verdict === verdict).length;
  const share = (count('MET') + count('UNKNOWN') / 2) / wishes.length;
  const open = count('UNKNOWN') > 0 ? ` Of ${String(count('UNKNOWN'))} the entry says nothing.` : '';
  return part(
    'PREFERENCE',
    share,
    `${String(count('MET'))} of ${String(wishes.length)} wishes are met.${open}`,
  );
}

/**
 * For a service with few closed referrals the mean of the network counts more: ten referrals weigh as much as
 * the mean.
 */
const shrinkage = 10;

function pastPart({ past }: Candidate, mean: number): MatchPart {
  const rate = (past.resolved + shrinkage * mean) / (past.closed + shrinkage);
  return part('PAST_SUCCESS', rate, `${past.resolved} of ${past.closed} closed referrals met the need.`);
}

/** The rate of all candidates together; one half while nothing is known. */
function networkMean(candidates: readonly Candidate[]): number {
  const closed = candidates.reduce((sum, { past }) => sum + past.closed, 0);
  const resolved = candidates.reduce((sum, { past }) => sum + past.resolved, 0);
  return closed === 0 ? 0.5 : resolved / closed;
}

/** All points without a wait, none from 30 days. */
function waitPart({ capacity }: Candidate): MatchPart {
  const { expectedWaitDays: days, code } = capacity;
  if (days !== null && !capacity.stale) return part('WAIT', 1 - days / 30, `The wait is about ${days} days.`);
  if (code === 'CAPACITY') return part('WAIT', 1, 'There is room now.');
  return part('WAIT', 0.4, 'The wait is not known.');
}

function languagePart({ languages, offersInterpretation }: Candidate, { language }: Situation): MatchPart {
  if (!language) return part('LANGUAGE_STAFF', 0.5, "The person's language is not known.");
  if (speaks(languages, language)) return part('LANGUAGE_STAFF', 1, "Staff speak the person's language.");
  if (offersInterpretation) return part('LANGUAGE_STAFF', 0.4, 'There is an interpreter.');
  return part('LANGUAGE_STAFF', 0, "Staff are not known to speak the person's language.");
}

function unknownsOf(candidate: Candidate, situation: Situation, distance: number | null): string[] {
  const unknowns: [boolean, string][] = [
    [candidate.capacity.code === 'UNKNOWN', candidate.capacity.stale ? 'CAPACITY_STALE' : 'CAPACITY'],
    [candidate.assuranceIsStale, 'ENTRY_NOT_ASSURED'],
    [candidate.hasEligibilityText, 'ELIGIBILITY_TEXT'],
    [situation.ageYears === null && (candidate.minimumAge !== null || candidate.maximumAge !== null), 'AGE'],
    [situation.accessibilityNeeded && candidate.isAccessible === null, 'ACCESSIBILITY'],
    [situation.insurance !== null && takesInsurance(candidate, situation) === null, 'INSURANCE'],
    [situation.language !== null && candidate.languages.length === 0, 'LANGUAGE'],
    [situation.county !== null && candidate.areas.length === 0, 'SERVICE_AREA'],
    [distance === null, 'DISTANCE'],
  ];
  return unknowns.filter(([isUnknown]) => isUnknown).map(([, code]) => code);
}
