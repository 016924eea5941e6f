import type { referralFacts } from '@throughline/events';
import { referralStatuses, type ReferralStatus } from '@throughline/privacy';
import { terminalStates } from './states.ts';

/** Commands of an existing referral. T1 and T24 create new referrals. */
export const referralCommands = [
  'submit',
  'send',
  'acknowledge',
  'requestInfo',
  'provideInfo',
  'accept',
  'decline',
  'waitlist',
  'schedule',
  'reschedule',
  'cancelAppointment',
  'recordNoShow',
  'startService',
  'hold',
  'supersede',
  'resume',
  'closeResolved',
  'closeUnresolved',
  'cancel',
  'expire',
  'withdrawConsent',
  'enterInError',
  'reroute',
  'amendOutcome',
] as const;
export type ReferralCommand = (typeof referralCommands)[number];

/** Roles that a person holds towards one referral; staff roles hold only with a relation to the client. */
export type ActingRole =
  | 'CASE_MANAGER'
  | 'SUPERVISOR'
  | 'PRIVACY_OFFICER'
  | 'PARTNER_INTAKE'
  | 'PARTNER_ADMIN'
  | 'PARTNER_SYSTEM'
  | 'SYSTEM';

/** Input that a command requires. A reason OTHER also requires a text. */
export type Needed =
  | 'question'
  | 'declineReason'
  | 'reviewOn'
  | 'place in line'
  | 'startsAt'
  | 'askedBy'
  | 'firstServiceAt'
  | 'holdReason'
  | 'outcomeCode'
  | 'unresolvedReason'
  | 'closedBySide'
  | 'cancelReason'
  | 'note';

export interface Transition {
  /** Number of the row. Source: infra/reference/domain.md 2.8. */
  rule: string;
  command: ReferralCommand;
  from: readonly ReferralStatus[];
  /** SAME: no change; HELD_FROM: the state before the hold. */
  to: ReferralStatus | 'SAME' | 'HELD_FROM';
  by: readonly ActingRole[];
  /** Staff may do it for the partner with a source of the report. */
  attestedBy?: readonly ActingRole[];
  needs?: readonly Needed[];
  fact: keyof typeof referralFacts;
}

const anyPartner = ['PARTNER_INTAKE', 'PARTNER_ADMIN', 'PARTNER_SYSTEM'] as const;
const desk = ['PARTNER_INTAKE', 'PARTNER_SYSTEM'] as const;
const manager = ['CASE_MANAGER'] as const;
const undecided = ['SENT', 'RECEIVED', 'INFO_REQUESTED'] as const;

/** All transitions; everything else is refused. Source: infra/reference/domain.md 2.8 (T2 to T25). */
export const transitions = [
  {
    rule: 'T2',
    command: 'submit',
    from: ['DRAFT'],
    to: 'PENDING_CONSENT',
    by: manager,
    fact: 'consentPending',
  },
  {
    rule: 'T3',
    command: 'send',
    from: ['DRAFT', 'PENDING_CONSENT'],
    to: 'SENT',
    by: ['CASE_MANAGER', 'SYSTEM'],
    fact: 'sent',
  },
  { rule: 'T4', command: 'acknowledge', from: ['SENT'], to: 'RECEIVED', by: anyPartner, fact: 'received' },
  {
    rule: 'T5',
    command: 'requestInfo',
    from: ['SENT', 'RECEIVED'],
    to: 'INFO_REQUESTED',
    by: anyPartner,
    needs: ['question'],
    fact: 'infoRequested',
  },
  {
    rule: 'T6',
    command: 'provideInfo',
    from: ['INFO_REQUESTED'],
    to: 'RECEIVED',
    by: manager,
    needs: ['note'],
    fact: 'infoProvided',
  },
  { rule: 'T7', command: 'accept', from: undecided, to: 'ACCEPTED', by: desk, fact: 'accepted' },
  {
    rule: 'T8',
    command: 'decline',
    from: undecided,
    to: 'DECLINED',
    by: anyPartner,
    needs: ['declineReason'],
    fact: 'declined',
  },
  {
    rule: 'T9',
    command: 'waitlist',
    from: [...undecided, 'ACCEPTED'],
    to: 'WAITLISTED',
    by: anyPartner,
    needs: ['place in line', 'reviewOn'],
    fact: 'waitlisted',
  },
  { rule: 'T10', command: 'accept', from: ['WAITLISTED'], to: 'ACCEPTED', by: anyPartner, fact: 'accepted' },
  {
    rule: 'T11',
    command: 'schedule',
    from: ['ACCEPTED', 'WAITLISTED', 'NO_SHOW', 'ON_HOLD'],
    to: 'SCHEDULED',
    by: anyPartner,
    attestedBy: manager,
    needs: ['startsAt'],
    fact: 'scheduled',
  },
  {
    rule: 'T12',
    command: 'reschedule',
    from: ['SCHEDULED'],
    to: 'SCHEDULED',
    by: anyPartner,
    attestedBy: manager,
    needs: ['startsAt', 'askedBy'],
    fact: 'rescheduled',
  },
  {
    rule: 'T12',
    command: 'cancelAppointment',
    from: ['SCHEDULED'],
    to: 'ACCEPTED',
    by: anyPartner,
    attestedBy: manager,
    needs: ['askedBy'],
    fact: 'appointmentCancelled',
  },
  {
    rule: 'T13',
    command: 'recordNoShow',
    from: ['SCHEDULED'],
    to: 'NO_SHOW',
    by: anyPartner,
    attestedBy: manager,
    fact: 'noShow',
  },
  {
    rule: 'T14',
    command: 'startService',
    from: ['ACCEPTED', 'SCHEDULED', 'NO_SHOW', 'WAITLISTED'],
    to: 'IN_PROGRESS',
    by: anyPartner,
    attestedBy: manager,
    needs: ['firstServiceAt'],
    fact: 'serviceStarted',
  },
  {
    rule: 'T15',
    command: 'hold',
    from: ['ACCEPTED', 'IN_PROGRESS', 'SCHEDULED'],
    to: 'ON_HOLD',
    by: anyPartner,
    needs: ['holdReason', 'reviewOn'],
    fact: 'held',
  },
  {
    rule: 'T16',
    command: 'supersede',
    from: [
      'DRAFT',
      'PENDING_CONSENT',
      ...undecided,
      'ACCEPTED',
      'WAITLISTED',
      'SCHEDULED',
      'NO_SHOW',
      'ON_HOLD',
    ],
    to: 'CANCELLED',
    by: ['SYSTEM'],
    fact: 'superseded',
  },
  { rule: 'T17', command: 'resume', from: ['ON_HOLD'], to: 'HELD_FROM', by: anyPartner, fact: 'resumed' },
  {
    rule: 'T18',
    command: 'closeResolved',
    from: ['IN_PROGRESS', 'SCHEDULED', 'ACCEPTED', 'ON_HOLD'],
    to: 'COMPLETED',
    by: anyPartner,
    attestedBy: manager,
    needs: ['outcomeCode', 'firstServiceAt'],
    fact: 'completed',
  },
  {
    rule: 'T19',
    command: 'closeUnresolved',
    from: ['ACCEPTED', 'WAITLISTED', 'SCHEDULED', 'NO_SHOW', 'IN_PROGRESS', 'ON_HOLD'],
    to: 'CLOSED_UNRESOLVED',
    by: anyPartner,
    attestedBy: manager,
    needs: ['unresolvedReason', 'closedBySide'],
    fact: 'closedUnresolved',
  },
  {
    rule: 'T20',
    command: 'cancel',
    from: [
      'DRAFT',
      'PENDING_CONSENT',
      ...undecided,
      'ACCEPTED',
      'WAITLISTED',
      'SCHEDULED',
      'NO_SHOW',
      'ON_HOLD',
    ],
    to: 'CANCELLED',
    by: ['CASE_MANAGER', 'SUPERVISOR', 'SYSTEM'],
    needs: ['cancelReason'],
    fact: 'cancelled',
  },
  { rule: 'T21', command: 'expire', from: undecided, to: 'EXPIRED', by: ['SYSTEM'], fact: 'expired' },
  {
    rule: 'T22',
    command: 'withdrawConsent',
    from: ['IN_PROGRESS'],
    to: 'CLOSED_UNRESOLVED',
    by: ['SYSTEM'],
    needs: ['unresolvedReason'],
    fact: 'closedUnresolved',
  },
  {
    rule: 'T23',
    command: 'enterInError',
    from: referralStatuses.filter((status) => status !== 'ENTERED_IN_ERROR'),
    to: 'ENTERED_IN_ERROR',
    by: ['SUPERVISOR', 'PRIVACY_OFFICER'],
    needs: ['note'],
    fact: 'enteredInError',
  },
  {
    rule: 'T24',
    command: 'reroute',
    from: terminalStates.filter((status) => status !== 'ENTERED_IN_ERROR'),
    to: 'SAME',
    by: manager,
    fact: 'created',
  },
  {
    rule: 'T25',
    command: 'amendOutcome',
    from: ['COMPLETED', 'CLOSED_UNRESOLVED'],
    to: 'SAME',
    by: ['PARTNER_ADMIN', 'SUPERVISOR'],
    needs: ['outcomeCode'],
    fact: 'outcomeAmended',
  },
] as const satisfies readonly Transition[];

/** The row for a command in a state; a pair occurs at most once. */
export function transitionFor(command: ReferralCommand, from: ReferralStatus): Transition | undefined {
  const rows: readonly Transition[] = transitions;
  return rows.find((row) => row.command === command && row.from.includes(from));
}
