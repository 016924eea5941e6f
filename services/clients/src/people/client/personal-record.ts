import { today, yearsBetween, type Moment } from '@throughline/privacy';
import type { PersonalRecord } from './client.ts';

/** One faulty field; the message never repeats what was given. */
export interface Fault {
  path: string;
  code: string;
  message: string;
}

const longest = { name: 200, short: 100, text: 1000, list: 50 };
const e164 = /^\+[1-9]\d{6,14}$/;
const email = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/;
const postalCode = /^\d{5}(-\d{4})?$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Control characters, halves of characters, and marks that reverse what a reader sees. Line breaks are allowed in texts. */
const unreadable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** Something to read: zero-width characters alone are no name. */
const visible = /[\p{L}\p{N}\p{S}]/u;
/** HUD HMIS FY2026. Source: infra/reference/domain.md 7.2. */
const livingSituations = new Set(
  (
    '116 101 118 204 205 206 207 215 225 302 314 329 332 335 336 410 435 411 421 422 423 426 428 419 431 433 434 ' +
    '420 436 437 438 439 440 8 9 99 17 37'
  ).split(' '),
);

/** Every fault of what is written down about a person. `at` is the server clock and the time zone of the program. Source: infra/reference/domain.md 8.3. */
export function recordFaults(record: PersonalRecord, at: Moment): Fault[] {
  return [
    ...nameFaults(record),
    ...birthFaults(record.dateOfBirth, at),
    ...contactFaults(record),
    ...situationFaults(record),
    ...listFaults(record),
  ];
}

function nameFaults({ legalName, nameToUse, pronouns }: PersonalRecord): Fault[] {
  return [
    ...(visible.test(legalName) ? [] : [fault('legalName', 'MISSING', 'A name is needed.')]),
    ...textFaults('legalName', legalName, longest.name),
    ...textFaults('nameToUse', nameToUse, longest.name),
    ...textFaults('pronouns', pronouns, longest.short),
  ];
}

function birthFaults(dateOfBirth: string | null, at: Moment): Fault[] {
  if (dateOfBirth === null) return [];
  const day = today(at);
  if (dateOfBirth > day) return [fault('dateOfBirth', 'IN_FUTURE', 'The date lies in the future.')];
  return yearsBetween(dateOfBirth, day) > 130
    ? [fault('dateOfBirth', 'TOO_EARLY', 'The date is too long ago.')]
    : [];
}

function contactFaults({ contactPoints, safeContact }: PersonalRecord): Fault[] {
  const faults = contactPoints.flatMap(({ kind, value, label }, index) => {
    const path = `contactPoints.${index}`;
    const ok = kind === 'PHONE' ? e164.test(value) : value.length <= 254 && email.test(value);
    const advice =
      kind === 'PHONE'
        ? 'Write the number in E.164 form, for example +13055550123.'
        : 'Not an e-mail address.';
    return [
      ...(ok ? [] : [fault(`${path}.value`, 'INVALID_FORMAT', advice)]),
      ...textFaults(`${path}.label`, label, longest.short),
    ];
  });
  return [
    ...faults,
    ...textFaults('safeContact.safeTimes', safeContact.safeTimes, longest.text),
    ...textFaults('safeContact.instructions', safeContact.instructions, longest.text),
  ];
}

function situationFaults(record: PersonalRecord): Fault[] {
  const { livingSituation, householdSize, postalCode: zip, county } = record;
  const faults: Fault[] = [...textFaults('county', county, longest.short)];
  if (livingSituation !== null && !livingSituations.has(livingSituation))
    faults.push(fault('livingSituation', 'UNKNOWN_CODE', 'Not a living situation code of HUD HMIS FY2026.'));
  if (householdSize !== null && (householdSize < 1 || householdSize > 30))
    faults.push(fault('householdSize', 'OUT_OF_RANGE', 'Must be between 1 and 30.'));
  if (zip !== null && !postalCode.test(zip))
    faults.push(fault('postalCode', 'INVALID_FORMAT', 'Write five digits, or nine as 12345-6789.'));
  return faults;
}

function listFaults(record: PersonalRecord): Fault[] {
  const { populations, contactPoints, accessibilityNeeds, blockedAgencyIds } = record;
  const lists = { populations, contactPoints, accessibilityNeeds, blockedAgencyIds };
  return [
    ...Object.entries(lists)
      .filter(([, list]) => list.length > longest.list)
      .map(([path]) => fault(path, 'TOO_MANY', `At most ${longest.list} entries.`)),
    ...(new Set(populations).size < populations.length
      ? [fault('populations', 'DUPLICATE', 'A group is listed twice.')]
      : []),
    ...accessibilityNeeds.flatMap((need, index) =>
      textFaults(`accessibilityNeeds.${index}`, need, longest.short),
    ),
    ...idFaults('blockedAgencyIds', blockedAgencyIds),
  ];
}

/** Ids that other services gave out: what is not a UUID cannot be one. */
export function idFaults(path: string, ids: readonly string[]): Fault[] {
  return ids.flatMap((id, index) =>
    uuid.test(id) ? [] : [fault(`${path}.${index}`, 'INVALID_ID', 'This is not an id.')],
  );
}

/** Emoji and every script are fine; too long or unreadable is not. */
export function textFaults(path: string, text: string | null, most: number): Fault[] {
  if (text === null) return [];
  const faults: Fault[] = [];
  if (text.length > most) faults.push(fault(path, 'TOO_LONG', `At most ${most} characters.`));
  if (unreadable.test(most >= longest.text ? text.replaceAll(/[\r\n\t]/g, ' ') : text))
    faults.push(fault(path, 'UNREADABLE', 'It contains control characters.'));
  return faults;
}

export function fault(path: string, code: string, message: string): Fault {
  return { path, code, message };
}
