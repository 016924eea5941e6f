import type { Decision } from '@throughline/command/decision';
import { diagnosisChanged, diagnosisRecorded, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { today, type DataLabel, type Moment } from '@throughline/privacy';
import { kindOf, labelsOf, type DiagnosisKind } from '../diagnosis-code/code-kind.ts';
import { dotted, type CodeList } from '../diagnosis-code/code-list.ts';
import { outOfScope } from '../scope/scope.ts';

export type DiagnosisStatus =
  'PROVISIONAL' | 'CONFIRMED' | 'IN_REMISSION' | 'RESOLVED' | 'RULED_OUT' | 'ENTERED_IN_ERROR';
export type DiagnosisBasis = 'DIAGNOSED' | 'REPORTED';

/** A diagnosis of a client. Code, label and labels of sensitivity never change. Source: infra/reference/domain.md 8.4. */
export interface Diagnosis {
  id: string;
  clientId: string;
  code: string;
  /** Year of the list that the code was taken from. */
  codeYear: number;
  label: string;
  kind: DiagnosisKind;
  labels: DataLabel[];
  basis: DiagnosisBasis;
  /** Who diagnosed, where the record is of a report. */
  reportedFrom: string | null;
  status: DiagnosisStatus;
  isPrincipal: boolean;
  onsetOn: string | null;
  endedOn: string | null;
  /** Why the status changed last. */
  reason: string | null;
  recordedAt: Date;
  recordedBy: string;
  /** Type of the credential because of which the author may diagnose; null: a report. */
  credential: string | null;
  version: number;
}

/** Statuses of a diagnosis that the client has now. */
export const activeStatuses: readonly DiagnosisStatus[] = ['PROVISIONAL', 'CONFIRMED', 'IN_REMISSION'];

export const isActive = ({ status }: Pick<Diagnosis, 'status'>): boolean => activeStatuses.includes(status);

export interface DiagnosisDraft {
  code: string;
  codeYear?: number | null | undefined;
  basis: DiagnosisBasis;
  reportedFrom?: string | null | undefined;
  status?: 'PROVISIONAL' | 'CONFIRMED' | 'IN_REMISSION' | null | undefined;
  isPrincipal?: boolean | null | undefined;
  onsetOn?: string | null | undefined;
}

/** What is known before a diagnosis is recorded. */
export interface KnownCodes {
  /** The list that counts today. */
  list: CodeList | null;
  /** Years of the other lists that have the code. */
  otherYears: readonly number[];
  /** Diagnoses that the client has now. */
  active: readonly Diagnosis[];
}

export interface Author {
  id: string;
  /** Type of the credential that permits a diagnosis; null: none does. */
  licence: string | null;
}

/**
 * Records a diagnosis with a code of the list that counts today. Without a licence that permits it only the report of
 * somebody else's diagnosis is recorded, with its source. A client has one principal diagnosis. Answers InvalidInput
 * with every fault, or Forbidden. Source: infra/reference/domain.md 1.5, 7.3, 8.4.
 */
export function recordDiagnosis(
  clientId: string,
  draft: DiagnosisDraft,
  known: KnownCodes,
  { by, at }: { by: Author; at: Moment },
): Decision<Diagnosis, never> {
  const isOwn = draft.basis === 'DIAGNOSED';
  if (isOwn && !by.licence) return outOfScope('DIAGNOSE');
  const faults = [...codeFaults(draft, known), ...draftFaults(draft, known, today(at))];
  const listed = known.list?.find(draft.code);
  if (!listed || !known.list || faults.length > 0) return invalidInput(faults);
  const code = dotted(draft.code);
  const insert: Diagnosis = {
    ...{ id: uuidV7(at.now), clientId, code, codeYear: known.list.head.year, label: listed.label },
    ...{ kind: kindOf(code), labels: labelsOf(code), basis: draft.basis },
    ...{ reportedFrom: isOwn ? null : (draft.reportedFrom ?? null), status: draft.status ?? 'CONFIRMED' },
    ...{ isPrincipal: draft.isPrincipal ?? false, onsetOn: draft.onsetOn ?? null, endedOn: null },
    ...{ reason: null, recordedAt: at.now, recordedBy: by.id, credential: isOwn ? by.licence : null },
    version: 1,
  };
  const about = { conditionId: insert.id, clientId };
  return { insert, facts: [diagnosisRecorded.of(clientId, at.now, about)] };
}

/** What is wrong with a code: of another year, unknown, or a heading. Source: infra/reference/domain.md 7.3. */
function codeFaults({ code, codeYear }: DiagnosisDraft, { list, otherYears }: KnownCodes): InputIssue[] {
  const year = list?.head.year;
  const listed = list?.find(code);
  const one = dotted(code);
  if (!year) return [issueAt('code', 'NO_LIST', 'No list of ICD-10-CM is loaded.')];
  const now = `the list of ${String(year)}, which counts today`;
  if (codeYear && codeYear !== year)
    return [
      issueAt('codeYear', 'OTHER_YEAR', `Codes are taken from ${now}, not from that of ${String(codeYear)}.`),
    ];
  if (listed && !listed.isUsable)
    return [issueAt('code', 'NOT_PRECISE', `${one} is a heading of ${now}: take a code below it.`)];
  if (listed) return [];
  return otherYears.length > 0
    ? [
        issueAt(
          'code',
          'OTHER_YEAR',
          `${one} stands in the list of ${otherYears.join(', ')} and not in ${now}.`,
        ),
      ]
    : [issueAt('code', 'UNKNOWN', `${one} is no code of ${now}; search with diagnosisCodes.`)];
}

function draftFaults(draft: DiagnosisDraft, { active }: KnownCodes, day: string): InputIssue[] {
  const { code, basis, reportedFrom, onsetOn, isPrincipal } = draft;
  const faults: InputIssue[] = [];
  if (basis === 'REPORTED' && isBlank(reportedFrom ?? ''))
    faults.push(issueAt('reportedFrom', 'REQUIRED', 'Say who made this diagnosis.'));
  if (onsetOn && onsetOn > day) faults.push(issueAt('onsetOn', 'IN_FUTURE', 'This day has not come yet.'));
  if (active.some((one) => one.code === dotted(code)))
    faults.push(issueAt('code', 'DUPLICATE', 'The client has this diagnosis already.'));
  if (isPrincipal && basis === 'REPORTED')
    faults.push(issueAt('isPrincipal', 'NOT_DIAGNOSED', 'A report is not the principal diagnosis.'));
  return isPrincipal ? [...faults, ...principalFaults(active, null)] : faults;
}

/** A client has at most one principal diagnosis. */
function principalFaults(active: readonly Diagnosis[], self: string | null): InputIssue[] {
  const other = active.find(({ id, isPrincipal }) => isPrincipal && id !== self);
  return other ? [anotherPrincipal(other.code)] : [];
}

/** The fault of a second principal diagnosis, also when two are recorded at the same moment. */
export function anotherPrincipal(code: string | null): InputIssue {
  const which = code ? `${code} is the principal diagnosis` : 'Another one is the principal diagnosis';
  return issueAt('isPrincipal', 'ANOTHER_PRINCIPAL', `${which}: change that one first.`);
}

export interface DiagnosisChange {
  status?: DiagnosisStatus | null | undefined;
  isPrincipal?: boolean | null | undefined;
  endedOn?: string | null | undefined;
  reason?: string | null | undefined;
}

/**
 * Changes status or rank. What is over does not come back: it is recorded again. Answers InvalidTransition or
 * InvalidInput; Forbidden where a diagnosis is changed without a licence. Source: infra/reference/domain.md 8.4.
 */
export function changeDiagnosis(
  diagnosis: Diagnosis,
  change: DiagnosisChange,
  { active, by, at }: { active: readonly Diagnosis[]; by: Author; at: Moment },
): Decision<never, Diagnosis> {
  const { id: conditionId, clientId, basis } = diagnosis;
  if (basis === 'DIAGNOSED' && !by.licence) return outOfScope('DIAGNOSE');
  if (!isActive(diagnosis)) return invalidTransition(diagnosis.status, 'changeDiagnosis', []);
  const faults = changeFaults(diagnosis, change, { active, day: today(at) });
  if (faults.length > 0) return invalidInput(faults);
  const status = change.status ?? diagnosis.status;
  const stays = activeStatuses.includes(status);
  const update: Diagnosis = {
    ...{ ...diagnosis, status, reason: change.reason ?? diagnosis.reason },
    isPrincipal: stays && (change.isPrincipal ?? diagnosis.isPrincipal),
    endedOn: status === 'RESOLVED' ? (change.endedOn ?? today(at)) : null,
  };
  return { update, facts: [diagnosisChanged.of(clientId, at.now, { conditionId, clientId })] };
}

function changeFaults(
  { id, basis, onsetOn }: Diagnosis,
  { status, isPrincipal, endedOn, reason }: DiagnosisChange,
  { active, day }: { active: readonly Diagnosis[]; day: string },
): InputIssue[] {
  const faults: InputIssue[] = [];
  if (endedOn && status !== 'RESOLVED')
    faults.push(issueAt('endedOn', 'NOT_RESOLVED', 'Only a diagnosis that is resolved has a last day.'));
  if (endedOn && endedOn > day) faults.push(issueAt('endedOn', 'IN_FUTURE', 'This day has not come yet.'));
  if (endedOn && onsetOn && endedOn < onsetOn)
    faults.push(issueAt('endedOn', 'BEFORE_ONSET', 'It ends before it began.'));
  if ((status === 'ENTERED_IN_ERROR' || status === 'RULED_OUT') && isBlank(reason ?? ''))
    faults.push(issueAt('reason', 'REQUIRED', 'Say why.'));
  if (isPrincipal && basis === 'REPORTED')
    faults.push(issueAt('isPrincipal', 'NOT_DIAGNOSED', 'A report is not the principal diagnosis.'));
  return isPrincipal ? [...faults, ...principalFaults(active, id)] : faults;
}
