import { command } from '@throughline/command';
import { isProblem, notFound, type Problem } from '@throughline/graphql/problems';
import { dayIn } from '@throughline/privacy';
import { IsNull, type EntityManager } from 'typeorm';
import { recomputeRisk } from '../../assessment/risk/recompute-risk.ts';
import type { Context } from '../../context.ts';
import type { ChangeEpisodePhaseInput, EndEpisodeInput, StartEpisodeInput } from '../../generated/graphql.ts';
import { EpisodeEntity } from './episode.entity.ts';
import * as episodes from './episode.ts';

const part = 'CLINICAL';

/** A partial unique index decides between two at the same moment. */
export const startEpisode = (context: Context, input: StartEpisodeInput) =>
  command(
    context,
    {
      ...{ name: 'startEpisode', input, client: input.clientId, creates: EpisodeEntity, part },
      check: (now) => episodes.startFaults(input, dayIn(context.timeZone, now)),
      taken: async (tx) => {
        const open = { clientId: input.clientId, endedAt: IsNull() };
        return episodes.stillOpen(await tx.findOneByOrFail(EpisodeEntity, open));
      },
    },
    ({ clientId, caseId }, { now }) => {
      if (!caseId) return notFound('Client');
      const started = episodes.startEpisode({ clientId, caseId }, input, now);
      return withConsequences(context, started, { clientId, now });
    },
  );

export const changeEpisodePhase = (context: Context, input: ChangeEpisodePhaseInput) =>
  command(
    context,
    { name: 'changeEpisodePhase', input, lock: [EpisodeEntity, input.id], part },
    (episode, { now }) => {
      const { clientId } = episode;
      return withConsequences(context, episodes.changeEpisodePhase(episode, input.phase, now), {
        clientId,
        now,
      });
    },
  );

export const endEpisode = (context: Context, input: EndEpisodeInput) =>
  command(
    context,
    {
      ...{ name: 'endEpisode', input, lock: [EpisodeEntity, input.id], part },
      check: () => episodes.endFaults(input),
    },
    (episode, { now }) => {
      const { clientId } = episode;
      return withConsequences(context, episodes.endEpisode(episode, input, now), { clientId, now });
    },
  );

/** Being in treatment, and having left it lately, are drivers of the tier; a new episode asks for a first service. Source: infra/reference/domain.md 4.6. */
function withConsequences<Decided extends object>(
  { consequences, timeZone }: Context,
  decision: Decided | Problem,
  { clientId, now }: { clientId: string; now: Date },
) {
  if (isProblem(decision)) return decision;
  const after = async (tx: EntityManager) => {
    const at = { now, timeZone };
    const facts = await recomputeRisk(tx, consequences.driverSources, clientId, at);
    return [...facts, ...(await consequences.followUp(tx, clientId, at))];
  };
  return { ...decision, after };
}
