import { command, lockRow } from '@throughline/command';
import { isProblem, invalidInput } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { EpisodeEntity } from '../../episode/episode/episode.entity.ts';
import type { Episode } from '../../episode/episode/episode.ts';
import { StayEntity } from '../../episode/stay/stay.entity.ts';
import type {
  ChangeTransitionInput,
  CompleteTransitionInput,
  ConfirmHandOffInput,
  FailTransitionInput,
  PlanTransitionInput,
  RecordArrivalInput,
  StartTransitionInput,
} from '../../generated/graphql.ts';
import { ReferralStandingEntity, takeTurnOf, TransitionEntity } from './transition.entity.ts';
import { awaitAppointment } from './transition-timer.ts';
import { isOpen, type CareTransition } from './care-transition.ts';
import * as transitions from './transition.ts';

const part = 'CLINICAL';

/** Locks the episode, so that one transition of it is on the way at a time. */
export const planTransition = (context: Context, input: PlanTransitionInput) =>
  command(
    context,
    {
      name: 'planTransition',
      input,
      lock: [EpisodeEntity, input.episodeId],
      creates: TransitionEntity,
      part,
    },
    async (episode, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const stay = input.fromStayId ? await findStay(tx, episode, input.fromStayId) : null;
      if (input.fromStayId && !stay) return unknown('fromStayId', 'This episode has no such stay.');
      const onTheWay = await tx.findBy(TransitionEntity, { episodeId: episode.id });
      if (onTheWay.some(isOpen))
        return unknown('episodeId', 'A transition of this episode is on its way.', 'ON_ITS_WAY');
      const standing = await standingOf(tx, input.referralId);
      const planned = transitions.planTransition({ episode, stay }, input, standing, at);
      if (isProblem(planned) || !planned.insert) return planned;
      const { insert } = planned;
      const after = () => context.consequences.followUp(tx, insert.clientId, at);
      return { ...planned, also: () => awaitAppointment(tx, insert, at), after };
    },
  );

const unknown = (path: string, message: string, code = 'UNKNOWN') => invalidInput([{ path, code, message }]);

function findStay(tx: EntityManager, { id: episodeId }: Episode, id: string) {
  return tx.findOneBy(StayEntity, { id, episodeId });
}

async function standingOf(tx: EntityManager, referralId: string | null | undefined) {
  if (!referralId) return null;
  await takeTurnOf(tx, referralId);
  return tx.findOneBy(ReferralStandingEntity, { referralId });
}

/** In the order of a fact of the referral: its turn first, so that neither waits for the other. */
const referralFirst =
  ({ referralId }: ChangeTransitionInput) =>
  async (tx: EntityManager, id: string) => {
    if (referralId) await takeTurnOf(tx, referralId);
    const row = await lockRow(tx, TransitionEntity, id);
    return row && { row };
  };

export const changeTransition = (context: Context, input: ChangeTransitionInput) =>
  command(
    context,
    { name: 'changeTransition', input, lock: [TransitionEntity, input.id, referralFirst(input)], part },
    async ({ row: transition }, { tx, now }) => {
      const { plannedFor, firstAppointmentAt, referralId } = input;
      const draft = {
        ...(plannedFor && { plannedFor }),
        ...(firstAppointmentAt !== undefined && { firstAppointmentAt }),
        ...(referralId !== undefined && { referralId }),
      };
      const standing = await standingOf(tx, referralId);
      const at = { now, timeZone: context.timeZone };
      return kept(context, transitions.changeTransition(transition, draft, standing, at), { tx, now });
    },
  );

export const confirmHandOff = (context: Context, input: ConfirmHandOffInput) =>
  command(
    context,
    { name: 'confirmHandOff', input, lock: [TransitionEntity, input.id], part },
    (transition, { viewer, now }) => transitions.confirmHandOff(transition, input, { by: viewer.id, now }),
  );

export const startTransition = (context: Context, input: StartTransitionInput) =>
  command(
    context,
    { name: 'startTransition', input, lock: [TransitionEntity, input.id], part },
    async (transition, { tx, now }) => {
      const at = await withinEpisode(context, transition, { tx, now });
      return kept(context, transitions.startTransition(transition, input.leftAt ?? null, at), { tx, now });
    },
  );

export const recordArrival = (context: Context, input: RecordArrivalInput) =>
  command(
    context,
    { name: 'recordArrival', input, lock: [TransitionEntity, input.id], part },
    async (transition, { tx, now }) => {
      const at = await withinEpisode(context, transition, { tx, now });
      return kept(context, transitions.recordArrival(transition, input, at), { tx, now });
    },
  );

async function withinEpisode(
  { timeZone }: Context,
  { episodeId }: CareTransition,
  { tx, now }: { tx: EntityManager; now: Date },
) {
  const episode = await tx.findOneByOrFail(EpisodeEntity, { id: episodeId });
  return { now, timeZone, firstContact: episode.dateOfFirstContact };
}

export const failTransition = (context: Context, input: FailTransitionInput) =>
  command(
    context,
    { name: 'failTransition', input, lock: [TransitionEntity, input.id], part },
    (transition, { tx, now }) =>
      kept(context, transitions.failTransition(transition, input.reason, now), { tx, now }),
  );

export const completeTransition = (context: Context, input: CompleteTransitionInput) =>
  command(
    context,
    { name: 'completeTransition', input, lock: [TransitionEntity, input.id], part },
    (transition, { tx, now }) => kept(context, transitions.completeTransition(transition, now), { tx, now }),
  );

/** Sets the timer of the first appointment as the row is from now on; the discharge behind it is looked at again. */
function kept(
  { timeZone, consequences }: Context,
  moved: ReturnType<typeof transitions.failTransition>,
  { tx, now }: { tx: EntityManager; now: Date },
) {
  if (isProblem(moved) || !moved.update) return moved;
  const { update } = moved;
  const at = { now, timeZone };
  return {
    ...moved,
    also: () => awaitAppointment(tx, update, at),
    after: () => consequences.followUp(tx, update.clientId, at),
  };
}
