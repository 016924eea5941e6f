import { command } from '@throughline/command';
import { staleVersion } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { PublishTriageScriptInput } from '../../generated/graphql.ts';
import { currentScript, TriageScriptEntity } from './triage.entity.ts';
import { publishScript, scriptFaults } from './triage.ts';

/** Of two that publish at once, the second must read the version of the first. */
export const publishTriageScript = (context: Context, input: PublishTriageScriptInput) =>
  command(
    context,
    {
      name: 'publishTriageScript',
      input,
      creates: TriageScriptEntity,
      check: () => scriptFaults(input.questions),
      taken: async (tx) => staleVersion((await currentScript(tx)).number),
    },
    async (_none, { tx, now, viewer }) => {
      const { number } = await currentScript(tx);
      if (number !== input.expectedVersion) return staleVersion(number);
      return publishScript(input.questions, { number: number + 1, by: viewer.id }, now);
    },
  );
