import { command, ownerFirst } from '@throughline/command';
import type { Fact } from '@throughline/events';
import { isProblem } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import { recomputeRisk } from '../../assessment/risk/recompute-risk.ts';
import type { Context } from '../../context.ts';
import type { AdmitStayInput, CorrectDischargeInput, DischargeStayInput } from '../../generated/graphql.ts';
import { EpisodeEntity } from '../episode/episode.entity.ts';
import { DischargeCorrectionEntity, StayEntity } from './stay.entity.ts';
import * as stays from './stay.ts';

const part = 'CLINICAL';

/** Locks the episode, so that one stay is open at a time. */
export const admitStay = (context: Context, input: AdmitStayInput) =>
  command(
    context,
    { name: 'admitStay', input, lock: [EpisodeEntity, input.episodeId], creates: StayEntity, part },
    async (episode, { tx, now }) => {
      const known = await tx.findBy(StayEntity, { clientId: episode.clientId });
      const at = { now, timeZone: context.timeZone };
      const admitted = stays.admitStay(episode, input, known, at);
      if (isProblem(admitted)) return admitted;
      const { ends, ...change } = admitted;
      // Before the new row: the database lets one stay of an episode be open.
      if (ends)
        await tx.update(StayEntity, { id: ends.id }, { endedAt: ends.endedAt, version: ends.version });
      const after = async () => {
        const cloned = await context.consequences.cloneAfterReadmission(tx, change.insert, at);
        return [...cloned, ...(await consequencesOf(context, tx, episode.clientId, now))];
      };
      return { ...change, after };
    },
  );

const episodeFirst = ownerFirst(StayEntity, 'episodeId', EpisodeEntity);

export const dischargeStay = (context: Context, input: DischargeStayInput) =>
  command(
    context,
    { name: 'dischargeStay', input, lock: [StayEntity, input.id, episodeFirst], part },
    async ({ row: stay }, { tx, now }) => {
      const hasPlan = await context.consequences.hasActivePlan(tx, stay.episodeId);
      const isTakenOver = await context.consequences.isTakenOver(tx, stay.id);
      const discharged = stays.dischargeStay(stay, input, { hasPlan, isTakenOver, now });
      if (isProblem(discharged)) return discharged;
      return { ...discharged, after: () => consequencesOf(context, tx, stay.clientId, now) };
    },
  );

export const correctDischarge = (context: Context, input: CorrectDischargeInput) =>
  command(
    context,
    { name: 'correctDischarge', input, lock: [StayEntity, input.id, episodeFirst], part },
    async ({ row: stay }, { tx, now, viewer }) => {
      const others = await tx.findBy(StayEntity, { episodeId: stay.episodeId });
      const later = others.filter(({ id, startedAt }) => id !== stay.id && startedAt >= stay.startedAt);
      const corrected = stays.correctDischarge({ stay, later }, input, { by: viewer.id, now });
      if (isProblem(corrected)) return corrected;
      const { correction, ...change } = corrected;
      const also = () => tx.insert(DischargeCorrectionEntity, correction);
      return { ...change, also, after: () => consequencesOf(context, tx, stay.clientId, now) };
    },
  );

async function consequencesOf(
  { consequences, timeZone }: Context,
  tx: EntityManager,
  clientId: string,
  now: Date,
): Promise<Fact[]> {
  const at = { now, timeZone };
  const facts = await recomputeRisk(tx, consequences.driverSources, clientId, at);
  return [...facts, ...(await consequences.followUp(tx, clientId, at))];
}
