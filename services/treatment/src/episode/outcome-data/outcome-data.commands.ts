import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { RecordOutcomeDataInput } from '../../generated/graphql.ts';
import { EpisodeEntity } from '../episode/episode.entity.ts';
import { OutcomeDataEntity } from './outcome-data.entity.ts';
import * as outcome from './outcome-data.ts';

export const recordOutcomeData = (context: Context, input: RecordOutcomeDataInput) =>
  command(
    context,
    {
      ...{ name: 'recordOutcomeData', input, creates: OutcomeDataEntity, part: 'CLINICAL' as const },
      lock: [EpisodeEntity, input.episodeId] as const,
      check: () => outcome.outcomeFaults(input),
    },
    (episode, { viewer, now }) => outcome.recordOutcomeData(episode, input, { by: viewer.id, now }),
  );
