import { referralFacts, type Fact } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import type { ReferralStatus } from '@throughline/privacy';
import { partnerCommands, staffCommands } from './offered-commands.ts';
import { effects, faultsOf, type Details, type Timed } from './effects.ts';
import {
  referralCommands,
  transitionFor,
  type ActingRole,
  type ReferralCommand,
  type Transition,
} from './transitions.ts';
import type { Referral } from './referral-record.ts';

export type { Outcome, Referral, ReferralPriority } from './referral-record.ts';

/** The acting person, as far as the table needs to know. */
export interface Acting {
  roles: readonly ActingRole[];
}

export interface Decided {
  referral: Referral;
  step: Step;
}

/** Stored part of a transition. */
export interface Step {
  rule: string;
  command: ReferralCommand | 'create';
  from: ReferralStatus | null;
  to: ReferralStatus;
  reason: string | null;
  note: string | null;
  fact: keyof typeof referralFacts;
}

/** Refused because of the state or the role of the person; names the commands that are allowed now. */
export interface Blocked {
  blocked: 'TRANSITION' | 'ROLE';
  from: ReferralStatus;
  command: ReferralCommand;
  allowed: ReferralCommand[];
}
export interface Faulty {
  blocked: 'INPUT';
  faults: InputIssue[];
}

/**
 * Runs one command of the table, or answers why not. The details have the server clock and the time zone of the
 * agency. Source: infra/reference/domain.md 2.8.
 */
export function decide(
  referral: Referral,
  command: ReferralCommand,
  who: Acting,
  details: Timed,
): Decided | Blocked | Faulty {
  const row = transitionFor(command, referral.status);
  if (!row || row.command === 'reroute' || !mayDo(row, who)) {
    const blocked = row && row.command !== 'reroute' ? 'ROLE' : 'TRANSITION';
    return { blocked, from: referral.status, command, allowed: allowedCommands(referral, who, details.now) };
  }

  const attested = !row.by.some((role) => who.roles.includes(role));
  const faults = faultsOf(row, referral, { ...details, attested });
  if (faults.length > 0) return { blocked: 'INPUT', faults };

  const to = targetOf(row, referral);
  const change = effects[command](referral, details);
  return {
    referral: { ...referral, ...change, status: to, version: referral.version + 1 },
    step: {
      rule: row.rule,
      command,
      from: referral.status,
      to,
      reason: reasonOf(details),
      note: details.note ?? null,
      fact: row.fact,
    },
  };
}

/**
 * Commands that this person may use now and for which this person's graph has a mutation, in the order of the table.
 * Source: infra/reference/domain.md 2.8.
 */
export function allowedCommands(
  referral: Pick<Referral, 'status' | 'startsAt'>,
  who: Acting,
  now: Date,
): ReferralCommand[] {
  return referralCommands.filter((command) => {
    const row = transitionFor(command, referral.status);
    return (
      row !== undefined && mayDo(row, who) && isOffered(command, who) && !isTooEarly(command, referral, now)
    );
  });
}

function isTooEarly(command: ReferralCommand, { startsAt }: Pick<Referral, 'startsAt'>, now: Date): boolean {
  return command === 'recordNoShow' && startsAt !== null && startsAt > now;
}

function isOffered(command: ReferralCommand, { roles }: Acting): boolean {
  if (roles.includes('SYSTEM')) return true;
  const graph = roles.some((role) => role.startsWith('PARTNER_')) ? partnerCommands : staffCommands;
  return graph.has(command);
}

/** The fact of a step. Its shape is the same for all of them. */
export function factOf(referral: Referral, step: Step, now: Date): Fact {
  const { id, clientId, caseManagerId, requestId, decideBy, outcome } = referral;
  const due = step.to === 'INFO_REQUESTED' ? null : (referral.expiresAt ?? null);
  return referralFacts[step.fact].of(id, now, {
    referralId: id,
    clientId,
    caseManagerId,
    dueAt: due?.toISOString() ?? null,
    appointmentAt: tellsTime(step) ? (referral.startsAt?.toISOString() ?? null) : null,
    requestId,
    decideBy: decideBy?.toISOString() ?? null,
    served: outcome?.resolved === true && isService(outcome.code),
  });
}

function tellsTime({ fact }: Step): boolean {
  return fact === 'scheduled' || fact === 'rescheduled';
}

/** Whether an outcome says that the client received something. Source: infra/reference/domain.md 5.2. */
function isService(code: string): boolean {
  return code !== 'OTHER' && code !== 'LEGAL_MATTER_RESOLVED';
}

/** The reason with which a referral was closed, as the privacy rules ask for it. */
export function closeReasonOf({ cancelReason, outcome }: Referral): string | null {
  return cancelReason ?? (outcome?.resolved === false ? outcome.code : null);
}

function mayDo({ by, attestedBy = [] }: Transition, { roles }: Acting): boolean {
  return [...by, ...attestedBy].some((role) => roles.includes(role));
}

function targetOf({ to }: Transition, referral: Referral): ReferralStatus {
  if (to === 'SAME') return referral.status;
  return to === 'HELD_FROM' ? resumedState(referral) : to;
}

/** After a hold the appointment is over, so only a service that had begun continues. */
function resumedState({ heldFrom }: Referral): ReferralStatus {
  return heldFrom === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'ACCEPTED';
}

function reasonOf(details: Details): string | null {
  const { declineReason, cancelReason, holdReason, outcomeCode, unresolvedReason, noShowFollowUp } = details;
  return (
    declineReason ?? cancelReason ?? holdReason ?? outcomeCode ?? unresolvedReason ?? noShowFollowUp ?? null
  );
}
