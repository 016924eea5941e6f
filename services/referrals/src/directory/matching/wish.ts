import type { Candidate, CounselorGender, Modality, Situation } from './candidate.ts';
import { speaks } from './exclusion.ts';

export type WishCode =
  | 'PREFERRED_SERVICE'
  | 'AGENCY_TYPE'
  | 'INTAKE_MODE'
  | 'WITHIN_DISTANCE'
  | 'OWN_LANGUAGE'
  | 'COUNSELOR_GENDER'
  | 'CULTURE'
  | 'FAITH'
  | 'MODALITY';

/** A wish of the person, and whether the service meets it. What the directory does not say is UNKNOWN: ask. */
export interface Wish {
  code: WishCode;
  verdict: 'MET' | 'UNMET' | 'UNKNOWN';
  /** What was wished, and what the directory says, in one sentence without words of the person. */
  reason: string;
}

/** Every wish that was named, compared with the service. Source: infra/reference/domain.md 2.12. */
export function wishesOf(candidate: Candidate, situation: Situation, distance: number | null): Wish[] {
  const { agencyTypes, intakeModes, serviceIds } = situation.preferences;
  return [
    serviceIds.length > 0 &&
      plain('PREFERRED_SERVICE', serviceIds.includes(candidate.serviceId), 'named this service'),
    agencyTypes.length > 0 &&
      plain('AGENCY_TYPE', agencyTypes.includes(candidate.agencyType), 'named kinds of agency'),
    intakeModes.length > 0 &&
      plain('INTAKE_MODE', intakeModes.includes(candidate.intakeMode), 'named ways to get in'),
    nearness(situation, distance),
    situation.language !== null &&
      plain('OWN_LANGUAGE', speaks(candidate.languages, situation.language), 'speaks a language of its own'),
    counselorGender(candidate, situation),
    words('CULTURE', candidate, situation.preferences.cultural),
    words('FAITH', candidate, situation.preferences.faith),
    modality(candidate, situation),
  ].filter((wish): wish is Wish => typeof wish === 'object');
}

function plain(code: WishCode, isMet: boolean, wish: string): Wish {
  const verdict = isMet ? 'MET' : 'UNMET';
  return { code, verdict, reason: `The person ${wish}: the service ${isMet ? 'fits' : 'does not fit'}.` };
}

function nearness({ preferences: { withinKm } }: Situation, distance: number | null): Wish | false {
  if (withinKm === null) return false;
  const wish = `Prefers a way of at most ${String(withinKm)} km`;
  if (distance === null)
    return { code: 'WITHIN_DISTANCE', verdict: 'UNKNOWN', reason: `${wish}: the distance is not known.` };
  const verdict = distance <= withinKm ? 'MET' : 'UNMET';
  const reason = `${wish}: the nearest place is ${String(Math.round(distance))} km away.`;
  return { code: 'WITHIN_DISTANCE', verdict, reason };
}

const genders: Record<Exclude<CounselorGender, 'ANY'>, { wish: string; said: RegExp }> = {
  FEMALE: { wish: 'a woman', said: /\b(women|woman|female|mujer(es)?)\b/ },
  MALE: { wish: 'a man', said: /\b(men|man|male|hombres?)\b/ },
  NONBINARY: { wish: 'a nonbinary person', said: /\b(non-?binary|lgbtq\w*|transgender)\b/ },
};

/** A directory knows no genders of staff. What it says of them stands in its words, and otherwise somebody asks. */
function counselorGender(
  { words: said }: Candidate,
  { preferences: { counselorGender: asked } }: Situation,
): Wish | false {
  if (asked === null || asked === 'ANY') return false;
  const { wish, said: pattern } = genders[asked];
  const isSaid = pattern.test(said);
  return {
    code: 'COUNSELOR_GENDER',
    verdict: isSaid ? 'MET' : 'UNKNOWN',
    reason: `Prefers ${wish} as counselor: the entry ${isSaid ? 'speaks of it' : 'does not say'}.`,
  };
}

/** Words too common to say anything of a culture or a faith. */
const common = new Set([
  'with',
  'that',
  'from',
  'their',
  'about',
  'only',
  'food',
  'home',
  'prefers',
  'wants',
]);

/** Whether the entry names a word of the wish, in any case and without accents. */
function words(code: 'CULTURE' | 'FAITH', { words: said }: Candidate, wish: string | null): Wish | false {
  if (wish === null) return false;
  const named = foldedWords(wish).filter((word) => word.length > 3 && !common.has(word));
  const isSaid = named.some((word) => said.includes(word));
  const what = code === 'CULTURE' ? 'their culture' : 'their faith';
  const reason = `Something of ${what} matters: the entry ${isSaid ? 'names it' : 'does not say'}.`;
  return { code, verdict: isSaid ? 'MET' : 'UNKNOWN', reason };
}

/** Letters of a text without accents, in small letters. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function foldedWords(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
}

const modalityWords: Record<Modality, { wish: string; said: RegExp }> = {
  IN_PERSON: { wish: 'help face to face', said: /\b(in.person|on.?site|walk.in|drop.in)\b/ },
  TELEHEALTH: { wish: 'help by video', said: /\b(tele\w+|virtual|online|video)\b/ },
  PHONE: { wish: 'help by telephone', said: /\b(tele)?(phone|hotline)\b/ },
  GROUP: { wish: 'help in a group', said: /\bgroups?\b/ },
  INDIVIDUAL: { wish: 'help alone with a counselor', said: /\b(individual|one.on.one|private)\b/ },
};

function modality(
  { words: said, places }: Candidate,
  { preferences: { modalities } }: Situation,
): Wish | false {
  if (modalities.length === 0) return false;
  const offers = (way: Modality) =>
    modalityWords[way].said.test(said) || (way === 'IN_PERSON' && places.length > 0);
  const isMet = modalities.some(offers);
  const wish = modalities.map((way) => modalityWords[way].wish).join(' or ');
  const reason = `Prefers ${wish}: the entry ${isMet ? 'offers it' : 'does not say'}.`;
  return { code: 'MODALITY', verdict: isMet ? 'MET' : 'UNKNOWN', reason };
}
