import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js';

/** A telephone number as people dial it. */
export interface PhoneNumber {
  /** E.164, for example +13055550123. */
  number: string;
  /** Digits to dial after the call is answered. */
  extension: string | null;
}

/**
 * Reads a number in any notation, with or without an extension; a number without a country is one of the United States.
 * Null when it cannot be a number. Nothing is asked of a telephone company.
 */
export function readPhone(text: string): PhoneNumber | null {
  const found = parsePhoneNumberFromString(text, 'US');
  return found?.isPossible() ? { number: found.number, extension: found.ext ?? null } : null;
}

/** The telephone numbers in a text in E.164 form, and the text without them. */
export function takePhones(text: string): { phones: string[]; rest: string } {
  const found = findPhoneNumbersInText(text, 'US');
  const rest = found.reduceRight(
    (left, { startsAt, endsAt }) => `${left.slice(0, startsAt)} ${left.slice(endsAt)}`,
    text,
  );
  return { phones: found.map(({ number }) => number.number), rest };
}
