import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import { recomputeRisk } from '../../assessment/risk/recompute-risk.ts';
import type { Context } from '../../context.ts';
import type { RecordReturnToUseInput } from '../../generated/graphql.ts';
import { EpisodeEntity } from '../episode/episode.entity.ts';
import { ReturnToUseEntity } from './return-to-use.entity.ts';
import * as returns from './return-to-use.ts';

export const recordReturnToUse = (context: Context, input: RecordReturnToUseInput) =>
  command(
    context,
    {
      ...{ name: 'recordReturnToUse', input, creates: ReturnToUseEntity, part: 'CLINICAL' as const },
      lock: [EpisodeEntity, input.episodeId] as const,
    },
    (episode, { tx, viewer, now }) => {
      const { consequences, timeZone } = context;
      const at = { now, timeZone };
      const recorded = returns.recordReturnToUse(episode, input, viewer.id, at);
      if (isProblem(recorded)) return recorded;
      const after = () => recomputeRisk(tx, consequences.driverSources, episode.clientId, at);
      return { ...recorded, after };
    },
  );
