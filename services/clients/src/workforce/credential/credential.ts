import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import { addDays, today, type Day, type Moment } from '@throughline/privacy';

/** Data that an administrator edits; the registry begins with the types of the reference. */
export interface CredentialType {
  id: string;
  code: string;
  name: string;
  issuer: string;
  cycleMonths: number | null;
  ceHours: number;
  ceEthicsHours: number;
  renewalOpensDays: number;
  graceDays: number;
  qualifies: boolean;
  version: number;
}

export type StoredStatus =
  'PENDING_EVIDENCE' | 'SUBMITTED' | 'VERIFIED' | 'SUSPENDED' | 'REVOKED' | 'RETIRED';
export type CredentialStatus = StoredStatus | 'EXPIRING' | 'EXPIRED_IN_GRACE' | 'EXPIRED';

export interface Evidence {
  kind: 'CERTIFICATE' | 'REGISTRY' | 'LETTER';
  reference: string;
}

export interface Credential {
  id: string;
  staffId: string;
  typeCode: string;
  number: string | null;
  issuedOn: Day;
  expiresOn: Day | null;
  status: StoredStatus;
  evidence: Evidence[];
  /** A renewal that waits for somebody to verify it. */
  renewsUntil: Day | null;
  verifiedBy: string | null;
  verifiedAt: Date | null;
  version: number;
}

export interface CredentialDraft {
  staffId: string;
  typeCode: string;
  number?: string | null | undefined;
  issuedOn: Day;
  expiresOn?: Day | null | undefined;
  evidence?: readonly Evidence[] | null | undefined;
}

/**
 * State of a credential on a day of the program. The last day counts to its end, and the days of grace to theirs.
 * Source: infra/reference/domain.md 1.3.
 */
export function statusOf(
  { status, expiresOn }: Pick<Credential, 'status' | 'expiresOn'>,
  { renewalOpensDays, graceDays }: Pick<CredentialType, 'renewalOpensDays' | 'graceDays'>,
  at: Moment,
): CredentialStatus {
  if (status !== 'VERIFIED' || expiresOn === null) return status;
  const day = today(at);
  if (day > addDays(expiresOn, graceDays)) return 'EXPIRED';
  if (day > expiresOn) return 'EXPIRED_IN_GRACE';
  return day >= addDays(expiresOn, -renewalOpensDays) ? 'EXPIRING' : 'VERIFIED';
}

/** A new credential: SUBMITTED with evidence, PENDING_EVIDENCE without. Answers InvalidInput. */
export function addCredential(
  draft: CredentialDraft,
  type: CredentialType | null,
  at: Moment,
): Decision<Credential, never> {
  if (!type) return invalidInput([issueAt('typeCode', 'UNKNOWN', 'There is no such type of credential.')]);
  const expiresOn = draft.expiresOn ?? endOfCycle(draft.issuedOn, type);
  const faults = [
    draft.issuedOn > today(at) && issueAt('issuedOn', 'OUT_OF_RANGE', 'The first day is not in the future.'),
    expiresOn !== null &&
      expiresOn <= draft.issuedOn &&
      issueAt('expiresOn', 'OUT_OF_RANGE', 'The last day comes after the first.'),
  ].filter((one): one is InputIssue => typeof one === 'object');
  if (faults.length > 0) return invalidInput(faults);

  const evidence = [...(draft.evidence ?? [])];
  const { staffId, typeCode, number = null, issuedOn } = draft;
  const status = evidence.length > 0 ? ('SUBMITTED' as const) : ('PENDING_EVIDENCE' as const);
  const open = { renewsUntil: null, verifiedBy: null, verifiedAt: null, version: 1 };
  return {
    insert: { id: uuidV7(at.now), staffId, typeCode, number, issuedOn, expiresOn, status, evidence, ...open },
  };
}

/** Adds evidence. What waited for it is submitted; what is verified stays so. */
export function addEvidence(credential: Credential, evidence: Evidence): Decision<never, Credential> {
  const takes: readonly StoredStatus[] = ['PENDING_EVIDENCE', 'SUBMITTED', 'VERIFIED'];
  if (!takes.includes(credential.status) || credential.evidence.length >= 20)
    return invalidTransition(credential.status, 'addCredentialEvidence', []);
  const status = credential.status === 'PENDING_EVIDENCE' ? 'SUBMITTED' : credential.status;
  return { update: { ...credential, status, evidence: [...credential.evidence, evidence] } };
}

/** Verifies what was submitted, or a renewal, which begins a new cycle. The caller makes sure that it is not the holder. */
export function verifyCredential(credential: Credential, by: string, now: Date): Decision<never, Credential> {
  const { status, renewsUntil, expiresOn, issuedOn } = credential;
  const verified = { status: 'VERIFIED' as const, verifiedBy: by, verifiedAt: now };
  if (status === 'SUBMITTED') return { update: { ...credential, ...verified } };
  if (status !== 'VERIFIED' || renewsUntil === null) return invalidTransition(status, 'verifyCredential', []);
  const cycle = { issuedOn: expiresOn === null ? issuedOn : addDays(expiresOn, 1), expiresOn: renewsUntil };
  return { update: { ...credential, ...verified, ...cycle, renewsUntil: null } };
}

export type CredentialChange = 'SUSPEND' | 'REINSTATE' | 'REVOKE' | 'RETIRE';

/** Which change leads from which states to which one. */
export const credentialChanges = {
  SUSPEND: { from: ['VERIFIED'], to: 'SUSPENDED' },
  REINSTATE: { from: ['SUSPENDED'], to: 'VERIFIED' },
  REVOKE: { from: ['VERIFIED', 'SUSPENDED', 'SUBMITTED'], to: 'REVOKED' },
  RETIRE: { from: ['PENDING_EVIDENCE', 'SUBMITTED', 'VERIFIED', 'SUSPENDED'], to: 'RETIRED' },
} as const satisfies Record<CredentialChange, { from: readonly StoredStatus[]; to: StoredStatus }>;

/** Suspends, reinstates, revokes or retires. A revoked and a retired one are over for good. */
export function changeCredential(
  credential: Credential,
  change: CredentialChange,
): Decision<never, Credential> {
  const { from, to }: { from: readonly StoredStatus[]; to: StoredStatus } = credentialChanges[change];
  return from.includes(credential.status)
    ? { update: { ...credential, status: to, renewsUntil: null } }
    : invalidTransition(credential.status, `changeCredential ${change}`, []);
}

/** Hours that count for the present cycle. */
export interface Hours {
  hours: number;
  ethicsHours: number;
}

export interface Renewal {
  expiresOn: Day | null | undefined;
  byExam: boolean;
  evidence: Evidence;
}

/**
 * Asks for a renewal: in the window before the last day or in the days of grace, with the hours of the type or by exam.
 * Answers InvalidTransition outside the window, and InvalidInput that tells the hours that are missing.
 * Source: infra/reference/domain.md 1.3.
 */
export function renewCredential(
  credential: Credential,
  { type, earned }: { type: CredentialType; earned: Hours },
  { expiresOn, byExam, evidence }: Renewal,
  at: Moment,
): Decision<never, Credential> {
  const status = statusOf(credential, type, at);
  const isOpen = (status === 'EXPIRING' || status === 'EXPIRED_IN_GRACE') && credential.renewsUntil === null;
  if (!isOpen || credential.expiresOn === null) return invalidTransition(status, 'renewCredential', []);
  const renewsUntil = expiresOn ?? endOfCycle(addDays(credential.expiresOn, 1), type);
  const faults = [
    ...(byExam ? [] : missingHours(type, earned)),
    ...(renewsUntil === null || renewsUntil <= credential.expiresOn
      ? [issueAt('expiresOn', 'OUT_OF_RANGE', 'The new last day comes after the present one.')]
      : []),
  ];
  if (faults.length > 0) return invalidInput(faults);
  return { update: { ...credential, renewsUntil, evidence: [...credential.evidence, evidence] } };
}

function missingHours({ ceHours, ceEthicsHours }: CredentialType, earned: Hours): InputIssue[] {
  const faults = [
    earned.hours < ceHours &&
      issueAt(
        'id',
        'HOURS_MISSING',
        `${String(ceHours - earned.hours)} hours of continuing education are missing.`,
      ),
    earned.ethicsHours < ceEthicsHours &&
      issueAt(
        'id',
        'ETHICS_HOURS_MISSING',
        `${String(ceEthicsHours - earned.ethicsHours)} hours of ethics are missing.`,
      ),
  ];
  return faults.filter((one): one is InputIssue => typeof one === 'object');
}

/** The last day of a cycle that begins on a day; null for a type that does not expire. */
export function endOfCycle(begins: Day, { cycleMonths }: Pick<CredentialType, 'cycleMonths'>): Day | null {
  if (cycleMonths === null) return null;
  const months = Number(begins.slice(0, 4)) * 12 + Number(begins.slice(5, 7)) - 1 + cycleMonths;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  const lastOfMonth = addDays(addDays(first, 31).slice(0, 8) + '01', -1);
  const same = `${first.slice(0, 8)}${begins.slice(8)}`;
  return addDays(same > lastOfMonth ? addDays(lastOfMonth, 1) : same, -1);
}
