import type { Care } from '@throughline/care';
import { command, type Tools } from '@throughline/command';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  isProblem,
  type Forbidden,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
  type Problem,
} from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { Details } from './effects.ts';
import { lockReferral, type Locked } from './lock-referral.ts';
import { decide, type Decided, type Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import type { ActingRole, ReferralCommand } from './transitions.ts';
import { followStep, type Followed } from './write-steps.ts';

export interface StepInput {
  id: string;
  expectedVersion: number;
  idempotencyKey?: string | null | undefined;
}

export interface Step {
  /** Name of the mutation, for the idempotency receipt. */
  mutation: string;
  command: ReferralCommand;
  details?: Details;
  /** Whether the roles depend on who works with the client. */
  isOfStaff: boolean;
  /** Roles towards this referral; none: to this viewer it does not exist. */
  rolesFor: (referral: Referral, care: Care | null) => readonly ActingRole[];
  check?: () => InputIssue[];
  /** Runs before the write: may refuse, or add to what is written. */
  finish?: (tools: Tools, decided: Decided, locked: Locked) => Promise<Partial<Followed> | Problem>;
}

/** One mutation on one referral, decided by the table. */
export function changeReferral(context: Context, input: StepInput, step: Step): Promise<Referral | Problem> {
  const { isOfStaff, rolesFor, details, finish } = step;
  return command(
    context,
    {
      ...{ name: step.mutation, input, check: step.check ?? (() => []) },
      lock: [ReferralEntity, input.id, lockReferral],
      clientOf: ({ row }: Locked) => (isOfStaff ? row.clientId : null),
      may: (care, { row }) => rolesFor(row, care).length > 0,
    },
    async (locked, tools) => {
      const { tx, now, care } = tools;
      const { row, request, timeZone } = locked;
      const roles = rolesFor(row, care);
      const outcome = decide(row, step.command, { roles }, { ...details, now, timeZone });
      if ('blocked' in outcome) return refusalOf(outcome);

      const extra = (await finish?.(tools, outcome, locked)) ?? {};
      if (isProblem(extra)) return extra;
      const { attestedSource } = details ?? {};
      const followed = { request, decided: outcome, attestedSource, ...extra };
      const update = followed.decided.referral;
      return { update, ...(await followStep(tx, context.cause, now, followed)) };
    },
  );
}

function refusalOf(
  outcome: Extract<ReturnType<typeof decide>, { blocked: string }>,
): InvalidInput | InvalidTransition | Forbidden {
  if (outcome.blocked === 'INPUT') return invalidInput(outcome.faults);
  return outcome.blocked === 'ROLE'
    ? forbidden('Your role does not allow this for the referral; allowedCommands lists what you may do.')
    : invalidTransition(outcome.from, outcome.command, outcome.allowed);
}
