import { type InputIssue, issueAt } from '@throughline/graphql/problems';
import { today, type Moment } from '@throughline/privacy';
import type { PersonalRecord } from './client.ts';
import { livingSituations } from './living-situation.ts';

type Check = (record: PersonalRecord, day: string) => InputIssue[];

const postalCode = /^\d{5}(-\d{4})?$/;
const systemCode = /^[A-Z0-9][A-Z0-9_-]{0,39}$/;

/** Faults of what describes a person in their environment. Source: infra/reference/domain.md 8.3. */
export function personFaults(record: PersonalRecord, at: Moment): InputIssue[] {
  const day = today(at);
  return checks.flatMap((check) => check(record, day));
}

const checks: readonly Check[] = [
  ({ birthYear, dateOfBirth }, day) => {
    if (birthYear === null) return [];
    const year = Number(day.slice(0, 4));
    if (dateOfBirth !== null)
      return [issueAt('birthYear', 'CONTRADICTS', 'The day of birth is known: leave the year out.')];
    return birthYear > year || birthYear < year - 130
      ? [issueAt('birthYear', 'OUT_OF_RANGE', 'Not a year in which somebody who lives was born.')]
      : [];
  },
  ({ livingSituation, livingSituationSince }, day) => {
    if (livingSituationSince === null) return [];
    const place = 'livingSituationSince';
    if (livingSituation === null)
      return [issueAt(place, 'CONTRADICTS', 'Say also what the living situation is.')];
    return livingSituationSince > day ? [issueAt(place, 'IN_FUTURE', 'The date lies in the future.')] : [];
  },
  ({ livingSituation }) =>
    livingSituation !== null && !livingSituations.has(livingSituation)
      ? [issueAt('livingSituation', 'UNKNOWN_CODE', 'Not a living situation code of HUD HMIS FY2026.')]
      : [],
  ({ addresses }) =>
    addresses.flatMap(({ postalCode: zip, lines, city }, index) => [
      ...(zip !== null && !postalCode.test(zip)
        ? [
            issueAt(
              `addresses.${index}.postalCode`,
              'INVALID_FORMAT',
              'Write five digits, or nine as 12345-6789.',
            ),
          ]
        : []),
      ...(lines.length === 0 && city === null && zip === null
        ? [issueAt(`addresses.${index}`, 'MISSING', 'An address has a line, a city or a postal code.')]
        : []),
    ]),
  ({ coverages }) =>
    coverages.flatMap(({ startsOn, endsOn }, index) =>
      startsOn !== null && endsOn !== null && endsOn < startsOn
        ? [issueAt(`coverages.${index}.endsOn`, 'CONTRADICTS', 'It ends before it starts.')]
        : [],
    ),
  ({ externalIds }) =>
    externalIds.flatMap(({ system, value }, index) => [
      ...(systemCode.test(system)
        ? []
        : [
            issueAt(`externalIds.${index}.system`, 'INVALID_FORMAT', 'Use capital letters, digits, - and _.'),
          ]),
      ...(externalIds.findIndex((one) => one.system === system && one.value === value) < index
        ? [issueAt(`externalIds.${index}`, 'DUPLICATE', 'The id is listed twice.')]
        : []),
    ]),
  ({ race }) =>
    new Set(race).size < race.length ? [issueAt('race', 'DUPLICATE', 'A code is listed twice.')] : [],
];
