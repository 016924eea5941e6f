import { foldedWords, nameWords, soundsOf } from './fold.ts';
import type { Client } from '../client/client.ts';

/** What of a client a search can find. */
export type Findable = Pick<
  Client,
  | 'legalName'
  | 'nameToUse'
  | 'otherNames'
  | 'caseNumber'
  | 'dateOfBirth'
  | 'birthYear'
  | 'contactPoints'
  | 'externalIds'
>;

/** Terms that are no words of a name begin with a mark, so that no word is taken for one. */
export const key = {
  caseNumber: (number: string) => `#case:${number.toLowerCase()}`,
  /** The counting part of a case number, without the zeros in front. */
  number: (digits: string) => `#number:${digits.replace(/^0+(?=\d)/, '')}`,
  phone: (e164: string) => `#phone:${e164}`,
  /** The last seven digits: what people say when the area goes without saying. */
  localPhone: (digits: string) => `#local:${digits.slice(-7)}`,
  email: (address: string) => `#email:${address.toLowerCase()}`,
  born: (day: string) => `#born:${day}`,
  year: (year: string | number) => `#year:${String(year)}`,
  externalId: (value: string) => `#id:${foldedWords(value).join('')}`,
  sound: (words: readonly string[]) =>
    `#sound:${words
      .map((word) => soundsOf(word)[0] ?? word)
      .sort()
      .join(' ')}`,
};

/** All words of all names of a client. */
export function wordsOf({ legalName, nameToUse, otherNames }: Findable): string[] {
  return [...new Set([legalName, nameToUse ?? '', ...otherNames].flatMap(nameWords))];
}

/** Everything under which a client is found by an index. */
export function termsOf(client: Findable): string[] {
  const { legalName, caseNumber, contactPoints, externalIds } = client;
  const contact = contactPoints.flatMap(({ kind, value }) =>
    kind === 'PHONE' ? [key.phone(value), key.localPhone(value)] : [key.email(value)],
  );
  return [
    ...wordsOf(client),
    ...[
      key.sound(foldedWords(legalName)),
      key.caseNumber(caseNumber),
      key.number(/\d+$/.exec(caseNumber)?.[0] ?? ''),
    ],
    ...[...birthTerms(client), ...contact, ...externalIds.map(({ value }) => key.externalId(value))],
  ];
}

function birthTerms({ dateOfBirth, birthYear }: Findable): string[] {
  if (dateOfBirth) return [key.born(dateOfBirth), key.year(dateOfBirth.slice(0, 4))];
  return birthYear === null ? [] : [key.year(birthYear)];
}

/** Orders hits of the same rank: the name to use in folded letters. */
export function sortNameOf({ legalName, nameToUse }: Findable): string {
  return foldedWords(nameToUse ?? legalName)
    .join(' ')
    .slice(0, 120);
}
