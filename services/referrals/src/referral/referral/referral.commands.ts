import { command, type Tools } from '@throughline/command';
import { invalidTransition, type InputIssue, type Problem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  CancelReferralInput,
  EnterReferralInErrorInput,
  ProvideReferralInfoInput,
  RecordReferralOutcomeInput,
  ReferralStepInput,
  RerouteReferralInput,
} from '../../generated/graphql.ts';
import { changeReferral, type Step, type StepInput } from './change-referral.ts';
import { draft, mayCreate } from './create-referral.ts';
import { deadlinesOf, resumedDeadline } from './deadlines.ts';
import { lockReferral, type Locked } from './lock-referral.ts';
import { allowedCommands, type Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import { staffRoles } from './referral-access.ts';
import type { ReferralCommand } from './transitions.ts';

type More = Pick<Step, 'details' | 'check' | 'finish'>;

function step(
  context: Context,
  input: StepInput,
  command: ReferralCommand,
  more: More = {},
): Promise<Referral | Problem> {
  return changeReferral(context, input, {
    ...{ mutation: command, command, isOfStaff: true, ...more },
    rolesFor: (_referral, care) => staffRoles(context.viewer, care),
  });
}

/** T2. */
export const submitReferral = (context: Context, input: ReferralStepInput) => step(context, input, 'submit');

/** T6: the clock of the agency continues with the time that was left, at least one business day. */
export const provideReferralInfo = (context: Context, input: ProvideReferralInfoInput) =>
  step(context, input, 'provideInfo', {
    details: { note: input.answer },
    finish: ({ now }, decided, { row, timeZone }) => {
      const expiresAt = resumedDeadline(row.pausedMs, now, timeZone);
      const { decideBy } = deadlinesOf(row.priority, now, timeZone);
      const resumed = { ...decided.referral, expiresAt, decideBy, pausedMs: null };
      return Promise.resolve({ decided: { ...decided, referral: resumed } });
    },
  });

/** T20. */
export const cancelReferral = (context: Context, input: CancelReferralInput) =>
  step(context, input, 'cancel', { details: { cancelReason: input.reason, note: input.note } });

/** T18 or T19, attested: recorded for an agency that does not use the network. */
export const recordReferralOutcome = (context: Context, input: RecordReferralOutcomeInput) =>
  step(context, input, input.outcomeCode ? 'closeResolved' : 'closeUnresolved', {
    details: { ...input, closedBySide: input.closedBySide ?? 'SENDER' },
    check: () => oneOutcome(input),
  });

function oneOutcome({ outcomeCode, unresolvedReason }: RecordReferralOutcomeInput): InputIssue[] {
  if (!outcomeCode !== !unresolvedReason) return [];
  const message = 'Give the outcome of a need that was met, or the reason why it was not met; not both.';
  return ['outcomeCode', 'unresolvedReason'].map((path) => ({ path, code: 'ONE_OF', message }));
}

/** T23. */
export const enterReferralInError = (context: Context, input: EnterReferralInErrorInput) =>
  step(context, input, 'enterInError', { details: { note: input.note } });

/** T24: a new draft under the same request, after a referral that ended. */
export const rerouteReferral = (context: Context, input: RerouteReferralInput): Promise<Referral | Problem> =>
  command(
    context,
    {
      ...{ name: 'reroute', input, creates: ReferralEntity },
      lock: [ReferralEntity, input.id, lockReferral],
      may: (care, { row }: Locked) => mayCreate(context.viewer, care, row.needCategory),
    },
    ({ row: referral, request }: Locked, tools: Tools) => {
      const roles = staffRoles(tools.viewer, tools.care);
      const allowed = allowedCommands(referral, { roles }, tools.now);
      if (!allowed.includes('reroute')) return invalidTransition(referral.status, 'reroute', allowed);
      const { priority, reasonText, internalNote } = referral;
      const again = { ...input, priority, reasonText, internalNote, reroutedFromId: referral.id };
      return draft(context, { request, isNew: false }, again, tools);
    },
  );
