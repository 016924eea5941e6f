import type { InputIssue } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { today, yearsBetween, type Moment } from '@throughline/privacy';
import { isEmail } from '../../workforce/case-manager/case-manager.ts';
import type { PersonalRecord } from './client.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
const postalCode = /^\d{5}(-\d{4})?$/;
/** HUD HMIS FY2026. Source: infra/reference/domain.md 7.2. */
const livingSituations = new Set(
  (
    '116 101 118 204 205 206 207 215 225 302 314 329 332 335 336 410 435 411 421 422 423 426 428 419 431 433 434 ' +
    '420 436 437 438 439 440 8 9 99 17 37'
  ).split(' '),
);

/**
 * Faults of a personal record beyond the form of its input. `at` is the server clock and the time zone of the
 * program. Source: infra/reference/domain.md 8.3.
 */
export function recordFaults(record: PersonalRecord, at: Moment): InputIssue[] {
  return [
    ...nameFaults(record),
    ...birthFaults(record, at),
    ...contactFaults(record),
    ...situationFaults(record),
  ];
}

function nameFaults({ legalName, populations }: PersonalRecord): InputIssue[] {
  const faults = isBlank(legalName) ? [fault('legalName', 'MISSING', 'A name is needed.')] : [];
  const isTwice = new Set(populations).size < populations.length;
  return isTwice ? [...faults, fault('populations', 'DUPLICATE', 'A group is listed twice.')] : faults;
}

function birthFaults({ dateOfBirth }: PersonalRecord, at: Moment): InputIssue[] {
  if (dateOfBirth === null) return [];
  const day = today(at);
  if (dateOfBirth > day) return [fault('dateOfBirth', 'IN_FUTURE', 'The date lies in the future.')];
  const isTooEarly = yearsBetween(dateOfBirth, day) > 130;
  return isTooEarly ? [fault('dateOfBirth', 'TOO_EARLY', 'The date is too long ago.')] : [];
}

function contactFaults({ contactPoints }: PersonalRecord): InputIssue[] {
  return contactPoints.flatMap(({ kind, value }, index) => {
    const ok = kind === 'PHONE' ? e164.test(value) : isEmail(value);
    const advice =
      kind === 'PHONE'
        ? 'Write the number in E.164 form, for example +13055550123.'
        : 'Not an e-mail address.';
    return ok ? [] : [fault(`contactPoints.${String(index)}.value`, 'INVALID_FORMAT', advice)];
  });
}

function situationFaults({ livingSituation, postalCode: zip }: PersonalRecord): InputIssue[] {
  const faults: InputIssue[] = [];
  if (livingSituation !== null && !livingSituations.has(livingSituation))
    faults.push(fault('livingSituation', 'UNKNOWN_CODE', 'Not a living situation code of HUD HMIS FY2026.'));
  if (zip !== null && !postalCode.test(zip))
    faults.push(fault('postalCode', 'INVALID_FORMAT', 'Write five digits, or nine as 12345-6789.'));
  return faults;
}

function fault(path: string, code: string, message: string): InputIssue {
  return { path, code, message };
}
