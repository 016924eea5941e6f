import type { Decision } from '@throughline/command/decision';
import {
  medicationEnded,
  medicationRecorded,
  medicationSupplied,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { today, type DataLabel, type Day, type Moment } from '@throughline/privacy';
import { moudOf } from './moud.ts';
import { coverage, type Supply } from './supply.ts';

export type MedicationPurpose =
  'OPIOID_USE_DISORDER' | 'ALCOHOL_USE_DISORDER' | 'OTHER_SUBSTANCE_USE' | 'MENTAL_HEALTH' | 'OTHER_HEALTH';

/** A medication that a client takes or took. Source: infra/reference/domain.md 8.4. */
export interface Medication {
  id: string;
  clientId: string;
  name: string;
  purpose: MedicationPurpose;
  /** BUPRENORPHINE, METHADONE or NALTREXONE, taken for opioid use disorder; null for all others. */
  moud: string | null;
  labels: DataLabel[];
  /** Dose and how it is taken, as the prescription says it. */
  directions: string | null;
  prescriber: string | null;
  startedOn: Day;
  endedOn: Day | null;
  endReason: string | null;
  /** Last day that is covered by what was supplied; null: no supply is known. */
  suppliedUntil: Day | null;
  recordedAt: Date;
  recordedBy: string;
  version: number;
}

/** One supply. Never changed. */
export interface MedicationSupply extends Supply {
  id: string;
  medicationId: string;
  recordedAt: Date;
  recordedBy: string;
}

export interface MedicationDraft {
  name: string;
  purpose: MedicationPurpose;
  directions?: string | null | undefined;
  prescriber?: string | null | undefined;
  startedOn: Day;
  endedOn?: Day | null | undefined;
  endReason?: string | null | undefined;
}

interface By {
  id: string;
  at: Moment;
}

/** Labels of sensitivity. A medicine for opioid use disorder has SUD whatever it is taken for. Source: infra/reference/domain.md 3.6. */
export function labelsOf({ name, purpose }: Pick<Medication, 'name' | 'purpose'>): DataLabel[] {
  const ofSubstances = ['OPIOID_USE_DISORDER', 'ALCOHOL_USE_DISORDER', 'OTHER_SUBSTANCE_USE'].includes(
    purpose,
  );
  return [
    'HEALTH',
    ...(ofSubstances || moudOf(name) ? (['SUD'] as const) : []),
    ...(purpose === 'MENTAL_HEALTH' ? (['MH'] as const) : []),
  ];
}

/** Faults of the days of a medication. */
export function medicationFaults({ startedOn, endedOn }: MedicationDraft, at: Moment): InputIssue[] {
  const faults: InputIssue[] = [];
  if (startedOn > today(at)) faults.push(issueAt('startedOn', 'IN_FUTURE', 'This day has not come yet.'));
  return endedOn ? [...faults, ...endFaults({ startedOn }, endedOn, at)] : faults;
}

/** Records a medication; it is one for opioid use disorder by its name and its purpose. Source: infra/reference/domain.md 5.1. */
export function recordMedication(
  clientId: string,
  draft: MedicationDraft,
  { id: recordedBy, at }: By,
): Decision<Medication, never> {
  const { name, purpose, startedOn, directions = null, prescriber = null, endedOn = null } = draft;
  const insert: Medication = {
    ...{ id: uuidV7(at.now), clientId, name, purpose, labels: labelsOf(draft), directions, prescriber },
    moud: purpose === 'OPIOID_USE_DISORDER' ? moudOf(name) : null,
    ...{ startedOn, endedOn, endReason: endedOn ? (draft.endReason ?? null) : null, suppliedUntil: null },
    ...{ recordedAt: at.now, recordedBy, version: 1 },
  };
  const about = { medicationId: insert.id, clientId };
  return { insert, facts: [medicationRecorded.of(clientId, at.now, about)] };
}

/** A medication ends once. Answers InvalidTransition or InvalidInput. */
export function endMedication(
  medication: Medication,
  { endedOn, reason }: { endedOn?: Day | null | undefined; reason: string },
  at: Moment,
): Decision<never, Medication> {
  const { id: medicationId, clientId } = medication;
  if (medication.endedOn) return invalidTransition('ENDED', 'endMedication', []);
  const on = endedOn ?? today(at);
  const faults = endFaults(medication, on, at);
  if (faults.length > 0) return invalidInput(faults);
  return {
    update: { ...medication, endedOn: on, endReason: reason },
    facts: [medicationEnded.of(clientId, at.now, { medicationId, clientId })],
  };
}

/** Records for how many days the client has it at hand; one supply a day. Answers InvalidTransition or InvalidInput. */
export function supplyMedication(
  medication: Medication,
  supply: { suppliedOn?: Day | null | undefined; days: number },
  { before, by: { id: recordedBy, at } }: { before: readonly Supply[]; by: By },
):
  | { update: Medication; supply: MedicationSupply; facts: Fact[] }
  | ReturnType<typeof invalidInput | typeof invalidTransition> {
  const { id: medicationId, clientId } = medication;
  const suppliedOn = supply.suppliedOn ?? today(at);
  const faults = supplyFaults(medication, suppliedOn, { before, at });
  if (faults.length > 0) return invalidInput(faults);
  const { days } = supply;
  const row = { id: uuidV7(at.now), medicationId, suppliedOn, days, recordedAt: at.now, recordedBy };
  const suppliedUntil = coverage([...before, row]).at(-1)?.to ?? null;
  const facts = [medicationSupplied.of(clientId, at.now, { medicationId, clientId })];
  return { update: { ...medication, suppliedUntil }, supply: row, facts };
}

function supplyFaults(
  { startedOn, endedOn }: Medication,
  suppliedOn: Day,
  { before, at }: { before: readonly Supply[]; at: Moment },
): InputIssue[] {
  const faults: InputIssue[] = [];
  if (suppliedOn > today(at)) faults.push(issueAt('suppliedOn', 'IN_FUTURE', 'This day has not come yet.'));
  if (suppliedOn < startedOn)
    faults.push(issueAt('suppliedOn', 'BEFORE_START', 'The client did not take it on this day yet.'));
  if (endedOn && suppliedOn > endedOn)
    faults.push(issueAt('suppliedOn', 'AFTER_END', 'The client did not take it on this day any more.'));
  if (before.some((one) => one.suppliedOn === suppliedOn))
    faults.push(issueAt('suppliedOn', 'DUPLICATE', 'A supply of this day is recorded already.'));
  return faults;
}

function endFaults({ startedOn }: Pick<Medication, 'startedOn'>, endedOn: Day, at: Moment): InputIssue[] {
  if (endedOn > today(at)) return [issueAt('endedOn', 'IN_FUTURE', 'This day has not come yet.')];
  return endedOn < startedOn ? [issueAt('endedOn', 'BEFORE_START', 'It ends before it begins.')] : [];
}
