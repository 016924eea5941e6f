import { command } from '@throughline/command';
import { notFound } from '@throughline/graphql/problems';
import { dayIn } from '@throughline/privacy';
import { IsNull } from 'typeorm';
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
    ({ clientId, caseId }, { now }) =>
      caseId ? episodes.startEpisode({ clientId, caseId }, input, now) : notFound('Client'),
  );

export const changeEpisodePhase = (context: Context, input: ChangeEpisodePhaseInput) =>
  command(
    context,
    { name: 'changeEpisodePhase', input, lock: [EpisodeEntity, input.id], part },
    (episode, { now }) => episodes.changeEpisodePhase(episode, input.phase, now),
  );

export const endEpisode = (context: Context, input: EndEpisodeInput) =>
  command(
    context,
    {
      ...{ name: 'endEpisode', input, lock: [EpisodeEntity, input.id], part },
      check: () => episodes.endFaults(input),
    },
    (episode, { now }) => episodes.endEpisode(episode, input, now),
  );
