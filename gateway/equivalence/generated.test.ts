import * as fc from 'fast-check';
import type { GraphName } from '../src/supergraph/composed.ts';
import { startBothGateways, type BothGateways } from './both-gateways.ts';
import { inventOperation } from './invent-operation.ts';
import { diceOf } from './invent-value.ts';
import { askBoth, Tally } from './same-answer.ts';
import { withinLimits } from './within-limits.ts';

/** More than the usual run takes: EQUIVALENCE_RUNS=20000 npm test -- gateway/equivalence */
const runs = Number(process.env.EQUIVALENCE_RUNS ?? 200);
const seed = Number(process.env.EQUIVALENCE_SEED ?? 20_261_124);

describe.each<[string, { nulls: number; errors: number }, number]>([
  ['that answer as they should', { nulls: 0.1, errors: 0 }, 0],
  ['that fail in places', { nulls: 0.15, errors: 0.06 }, 0],
  ['that break their own schema', { nulls: 0.1, errors: 0.02 }, 0.03],
])('over services %s', (_services, trouble, corruption) => {
  let both: BothGateways;

  beforeAll(async () => {
    both = await startBothGateways({ trouble, corruption });
  });
  afterAll(() => both.close());

  it.each<[GraphName, number]>([
    ['staff', runs],
    ['partner', Math.ceil(runs / 4)],
  ])(
    'an invented operation on the %s graph is answered as by the stock gateway',
    async (graph, numRuns) => {
      const tally = new Tally();
      const fits = withinLimits(graph, both.schemas[graph]);
      const before = await both.compiled();
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const operation = inventOperation(diceOf(draw), both.schemas[graph], fits);
          tally[await askBoth(both, graph, operation)] += 1;
        }),
        { numRuns, seed, interruptAfterTimeLimit: 300_000 },
      );
      expect(tally.answered + tally.withErrors).toBeGreaterThan(numRuns * 0.5);
      expect((await both.compiled()) - before).toBeGreaterThan(numRuns / 10);
      expect(tally.refusedByOurs).toBeLessThan(numRuns / 10);
    },
    600_000,
  );
});
