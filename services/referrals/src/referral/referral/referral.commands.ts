import { invalidInput, notFound } from '@throughline/graphql';
import { once } from '@throughline/messaging';
import type { Context } from '../../context.ts';
import type {
  CancelReferralInput,
  EnterReferralInErrorInput,
  ProvideReferralInfoInput,
  RecordReferralOutcomeInput,
  ReferralStepInput,
  RerouteReferralInput,
} from '../../generated/graphql.ts';
import { changeReferral, type Changed, type StepInput } from './change-referral.ts';
import { lockReferral } from './lock-referral.ts';
import { draft, findCreated } from './create-referral.ts';
import { deadlinesOf, resumedDeadline } from './deadlines.ts';
import type { Details } from './effects.ts';
import { allowedCommands, type Referral } from './referral.ts';
import { staffRoles } from './referral-access.ts';
import type { DuplicateReferral } from './twin.ts';
import type { ActingRole, ReferralCommand } from './transitions.ts';
import { invalidTransition, staleVersion } from '@throughline/graphql';

/** Roles of the viewer towards a referral; null: it does not exist for the viewer. */
export async function rolesOfStaff(context: Context, { clientId }: Referral): Promise<ActingRole[] | null> {
  const roles = staffRoles(context.viewer, await context.care.load(clientId));
  return roles.length > 0 ? roles : null;
}

function step(
  context: Context,
  input: StepInput,
  command: ReferralCommand,
  details: Details = {},
): Promise<Changed> {
  const rolesFor = (referral: Referral) => rolesOfStaff(context, referral);
  return changeReferral(context, input, { mutation: command, command, details, rolesFor });
}

/** T2. */
export function submitReferral(context: Context, input: ReferralStepInput): Promise<Changed> {
  return step(context, input, 'submit');
}

/** T6: the clock of the agency continues with the time that was left, at least one business day. */
export function provideReferralInfo(context: Context, input: ProvideReferralInfoInput): Promise<Changed> {
  return changeReferral(context, input, {
    mutation: 'provideInfo',
    command: 'provideInfo',
    details: { note: input.answer },
    rolesFor: (referral) => rolesOfStaff(context, referral),
    finish: (_tx, decided, { referral, timeZone }) => {
      const now = context.now();
      const expiresAt = resumedDeadline(referral.pausedMs, now, timeZone);
      const decideBy = deadlinesOf(referral.priority, now, timeZone).decideBy;
      const resumed = { ...decided.referral, expiresAt, decideBy, pausedMs: null };
      return Promise.resolve({ decided: { ...decided, referral: resumed } });
    },
  });
}

/** T20. */
export function cancelReferral(context: Context, input: CancelReferralInput): Promise<Changed> {
  return step(context, input, 'cancel', { cancelReason: input.reason, note: input.note });
}

/** T18 or T19, attested: recorded for an agency that does not use the network. */
export function recordReferralOutcome(context: Context, input: RecordReferralOutcomeInput): Promise<Changed> {
  const { outcomeCode, unresolvedReason } = input;
  if (!outcomeCode === !unresolvedReason) {
    const message = 'Give the outcome of a need that was met, or the reason why it was not met; not both.';
    return Promise.resolve(
      invalidInput([
        { path: 'outcomeCode', code: 'ONE_OF', message },
        { path: 'unresolvedReason', code: 'ONE_OF', message },
      ]),
    );
  }
  const command = outcomeCode ? 'closeResolved' : 'closeUnresolved';
  return step(context, input, command, { ...input, closedBySide: input.closedBySide ?? 'SENDER' });
}

/** T23. */
export function enterReferralInError(context: Context, input: EnterReferralInErrorInput): Promise<Changed> {
  return step(context, input, 'enterInError', { note: input.note });
}

/** T24: a new draft under the same request, after a referral that ended. */
export function rerouteReferral(
  context: Context,
  input: RerouteReferralInput,
): Promise<Changed<DuplicateReferral>> {
  const { db, viewer } = context;
  const attempt = { viewerId: viewer.id, command: 'reroute', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Changed<DuplicateReferral>>(
      tx,
      attempt,
      async () => {
        const locked = await lockReferral(tx, input.id);
        const roles = locked && (await rolesOfStaff(context, locked.referral));
        if (!locked || !roles) return notFound('referral');
        const { referral, request } = locked;
        if (referral.version !== input.expectedVersion) return staleVersion(referral.version);
        const allowed = allowedCommands(referral, { roles }, context.now());
        if (!allowed.includes('reroute')) return invalidTransition(referral.status, 'reroute', allowed);
        const { priority, reasonText, internalNote } = referral;
        const again = { ...input, priority, reasonText, internalNote, reroutedFromId: referral.id };
        return draft(tx, context, { request, isNew: false }, again);
      },
      (id) => findCreated(tx, context, id),
    ),
  );
}
