import type { Staffing } from '../assignment/staffing.ts';
import { worksAt } from './contact-times.ts';

export type WishReason = 'LANGUAGE' | 'GENDER' | 'CULTURE' | 'FAITH' | 'MODALITY' | 'HOURS';

/** What a person wishes of the one who helps. */
export interface Wishes {
  language: string | null;
  /** Gender that the person asked for; null: any. */
  gender: string | null;
  /** What matters from the culture, in the words of the person. */
  culture: string | null;
  /** What matters from the faith, in the words of the person. */
  faith: string | null;
  /** Ways of help that suit; empty: any. */
  modalities: readonly string[];
  /** When to get in touch, in the words of the person. */
  contactTimes: string | null;
}

/** For each wish that was named: whether somebody meets it. What is not wished, or cannot be compared, is left out. */
export function wishesMet(wishes: Wishes, { staff }: Pick<Staffing, 'staff'>): Map<WishReason, boolean> {
  const { language, gender, culture, faith, modalities, contactTimes } = wishes;
  const atHomeIn = (words: string) =>
    staff.cultures.some((one) => words.toLowerCase().includes(one.toLowerCase()));
  const found: Record<WishReason, boolean | null> = {
    LANGUAGE: language === null ? null : staff.languages.some((one) => sameLanguage(one, language)),
    GENDER: gender === null ? null : staff.gender === gender,
    CULTURE: culture === null ? null : atHomeIn(culture),
    FAITH: faith === null ? null : atHomeIn(faith),
    MODALITY: offersWay(modalities, staff.settings),
    HOURS: worksAt(contactTimes, staff.hours),
  };
  const named = Object.entries(found) as [WishReason, boolean | null][];
  return new Map(named.filter((one): one is [WishReason, boolean] => one[1] !== null));
}

/** A way over a distance needs somebody who works so. Every other way is offered by everybody. */
function offersWay(modalities: readonly string[], settings: readonly string[]): boolean | null {
  if (modalities.length === 0) return null;
  const remote = modalities.every((one) => one === 'TELEHEALTH' || one === 'PHONE');
  if (!remote || settings.length === 0) return null;
  return settings.includes('TELEHEALTH');
}

/** es-MX and es are the same language for this. */
function sameLanguage(one: string, other: string): boolean {
  return one.split('-')[0] === other.split('-')[0];
}

const genders: Readonly<Record<string, string>> = {
  FEMALE: 'a woman',
  MALE: 'a man',
  NONBINARY: 'a nonbinary person',
};

/** What was wished and that it is met, in one sentence without words of the person. */
export const wishExplanations: Record<WishReason, (wishes: Wishes) => string> = {
  LANGUAGE: () => 'Speaks the language that the person prefers.',
  GENDER: ({ gender }) =>
    `The person prefers ${genders[gender ?? ''] ?? 'a gender'} as counselor: this fits.`,
  CULTURE: () => 'Is at home in a culture that matters to the person.',
  FAITH: () => 'Is at home in a faith that matters to the person.',
  MODALITY: () => 'The person prefers help by telephone or video: this person works so.',
  HOURS: () => 'Works at the times at which the person wants to be contacted.',
};
