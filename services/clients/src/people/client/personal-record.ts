import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { today, yearsBetween, type Moment } from '@throughline/privacy';
import { isEmail } from '../../workforce/case-manager/case-manager.ts';
import type { PersonalRecord } from './client.ts';
import { personFaults } from './person-faults.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
const postalCode = /^\d{5}(-\d{4})?$/;
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
    ...personFaults(record, at),
  ];
}

function nameFaults({ legalName, populations }: PersonalRecord): InputIssue[] {
  const faults = isBlank(legalName) ? [issueAt('legalName', 'MISSING', 'A name is needed.')] : [];
  const isTwice = new Set(populations).size < populations.length;
  return isTwice ? [...faults, issueAt('populations', 'DUPLICATE', 'A group is listed twice.')] : faults;
}

function birthFaults({ dateOfBirth }: PersonalRecord, at: Moment): InputIssue[] {
  if (dateOfBirth === null) return [];
  const day = today(at);
  if (dateOfBirth > day) return [issueAt('dateOfBirth', 'IN_FUTURE', 'The date lies in the future.')];
  const isTooEarly = yearsBetween(dateOfBirth, day) > 130;
  return isTooEarly ? [issueAt('dateOfBirth', 'TOO_EARLY', 'The date is too long ago.')] : [];
}

function contactFaults({ contactPoints }: PersonalRecord): InputIssue[] {
  return contactPoints.flatMap(({ kind, value, extension }, index) => {
    if (extension !== null && !(kind === 'PHONE' && /^\d{1,7}$/.test(extension)))
      return [
        issueAt(
          `contactPoints.${String(index)}.extension`,
          'INVALID_FORMAT',
          'Up to seven digits, of a telephone.',
        ),
      ];
    const ok = kind === 'PHONE' ? e164.test(value) : isEmail(value);
    const advice =
      kind === 'PHONE'
        ? 'Write the number in E.164 form, for example +13055550123.'
        : 'Not an e-mail address.';
    return ok ? [] : [issueAt(`contactPoints.${String(index)}.value`, 'INVALID_FORMAT', advice)];
  });
}

function situationFaults({ postalCode: zip }: PersonalRecord): InputIssue[] {
  if (zip === null || postalCode.test(zip)) return [];
  return [issueAt('postalCode', 'INVALID_FORMAT', 'Write five digits, or nine as 12345-6789.')];
}
