import {
  forbidden,
  invalidInput,
  invalidTransition,
  notFound,
  staleVersion,
  type Forbidden,
  type IdempotencyConflict,
  type InvalidInput,
  type InvalidTransition,
  type NotFound,
  type StaleVersion,
} from '@throughline/graphql';
import { once } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { Details } from './effects.ts';
import { decide, type Decided, type Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import type { ActingRole, ReferralCommand } from './transitions.ts';
import { lockReferral, type Locked } from './lock-referral.ts';
import { writeStep, type Change } from './write-steps.ts';

export type Refused =
  NotFound | Forbidden | InvalidInput | InvalidTransition | StaleVersion | IdempotencyConflict;
export type Changed<More = never> = Referral | Refused | More;

export interface StepInput {
  id: string;
  expectedVersion: number;
  idempotencyKey?: string | null | undefined;
}

export interface Step<More> {
  /** Name of the mutation, for the idempotency receipt. */
  mutation: string;
  command: ReferralCommand;
  details?: Details;
  /** Roles of the viewer towards this referral; null: it does not exist for this viewer. */
  rolesFor(referral: Referral): readonly ActingRole[] | null | Promise<readonly ActingRole[] | null>;
  /** Runs before the write: may refuse, or add to what is written. */
  finish?(tx: EntityManager, decided: Decided, locked: Locked): Promise<Partial<Change> | { problem: More }>;
}

/** One mutation on one referral: lock, check version, decide by the table, write. */
export function changeReferral<More extends { kind: string; message: string } = never>(
  context: Context,
  input: StepInput,
  step: Step<More>,
): Promise<Changed<More>> {
  const { db, viewer } = context;
  const attempt = { viewerId: viewer.id, command: step.mutation, key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Changed<More>>(
      tx,
      attempt,
      () => change(tx, context, input, step),
      async (id) => {
        const referral = await tx.findOneByOrFail(ReferralEntity, { id });
        // A viewer who no longer works with the client gets NotFound, also for a repeated key.
        return (await step.rolesFor(referral)) ? referral : notFound('referral');
      },
    ),
  );
}

async function change<More extends { kind: string; message: string }>(
  tx: EntityManager,
  context: Context,
  input: StepInput,
  step: Step<More>,
): Promise<Changed<More>> {
  const now = context.now();
  const locked = await lockReferral(tx, input.id);
  const roles = locked && (await step.rolesFor(locked.referral));
  if (!locked || !roles) return notFound('referral');
  if (locked.referral.version !== input.expectedVersion) return staleVersion(locked.referral.version);

  const details = { ...step.details, now, timeZone: locked.timeZone };
  const outcome = decide(locked.referral, step.command, { roles }, details);
  if ('blocked' in outcome) return refusalOf(outcome);

  const extra = (await step.finish?.(tx, outcome, locked)) ?? {};
  if ('problem' in extra) return extra.problem;
  return writeStep(tx, context.cause, now, {
    request: locked.request,
    decided: outcome,
    attestedSource: step.details?.attestedSource,
    ...extra,
  });
}

export function refusalOf(
  outcome: Extract<ReturnType<typeof decide>, { blocked: string }>,
): InvalidInput | InvalidTransition | Forbidden {
  if (outcome.blocked === 'INPUT') return invalidInput(outcome.faults);
  return outcome.blocked === 'ROLE'
    ? forbidden('Your role does not allow this for the referral; allowedCommands lists what you may do.')
    : invalidTransition(outcome.from, outcome.command, outcome.allowed);
}
