import type { ConsentIssue } from '@throughline/privacy';
import type { Client } from '../../people/client/client.ts';
import type { Consent } from './consent.ts';

/**
 * Whether the form was signed in a name of this client. Each word of the signed name must be a word of a name in the record, or
 * the first letter of one; case, accents and punctuation do not count. An empty name is another fault: MISSING.
 * Source: infra/reference/domain.md 3.2; 42 CFR 2.31(a)(1).
 */
export function nameIssues(
  { patientNameAsSigned }: Pick<Consent, 'patientNameAsSigned'>,
  { legalName, nameToUse }: Pick<Client, 'legalName' | 'nameToUse'>,
): ConsentIssue[] {
  if (patientNameAsSigned.trim() === '') return [];
  const known = wordsOf(`${legalName} ${nameToUse ?? ''}`);
  const signed = wordsOf(patientNameAsSigned);
  const isInitial = (word: string): boolean =>
    isOneLetter(word) && known.some((name) => name.startsWith(word));
  const isOwn =
    signed.some((word) => known.includes(word)) &&
    signed.every((word) => known.includes(word) || isInitial(word));
  return isOwn ? [] : [anotherName];
}

const anotherName: ConsentIssue = {
  element: 'patient',
  code: 'INVALID',
  message:
    'The name as signed is not a name of this client. Correct it, or put the name into the record first.',
  source: '42 CFR 2.31(a)(1)',
};

function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function isOneLetter(word: string): boolean {
  return /^.$/u.test(word);
}
