import type { GraphName } from '../src/supergraph/composed.ts';
import type { Answer, BothGateways } from './both-gateways.ts';
import type { Operation } from './invent-operation.ts';

/** How it went, so that a test can see that the comparison was about something. */
export class Tally {
  answered = 0;
  withErrors = 0;
  rejectedByBoth = 0;
  refusedByOurs = 0;
  toldByService = 0;
}

/** Refusals that the stock gateway does not know: they are not about what an answer holds. */
const limits = /limit|budget|\bcost\b|too (many|large|deep|much)|more that \d+ tokens/i;

/**
 * A value in the input of a mutation that its type cannot read. The stock gateway refuses the document; ours lets the
 * service tell it with all other faults of the input, see `src/operations/unknown-values.ts`.
 */
const unreadableValue = /\b(ID|Int|Float|String|Boolean) cannot represent\b/;

/**
 * Asks both gateways; throws with the operation when they do not say the same. Ours is asked twice: the first time it
 * makes a plan, and the second time it runs it compiled.
 */
export async function askBoth(both: BothGateways, graph: GraphName, operation: Operation): Promise<Outcome> {
  const [stock, ours] = await Promise.all([both.stock(graph, operation), both.ours(graph, operation)]);
  if (ours.data === 'none' && ours.errors.some((error) => limits.test(error))) return 'refusedByOurs';
  if (operation.query.startsWith('mutation') && stock.data === 'none' && ours.data !== 'none')
    if (stock.errors.every((error) => unreadableValue.test(error))) return 'toldByService';
  for (const answer of [ours, await both.ours(graph, operation)])
    if (!same(stock, answer)) throw new Error(difference({ graph, operation, stock, ours: answer }));
  if (stock.data === 'none') return 'rejectedByBoth';
  return stock.errors.length > 0 ? 'withErrors' : 'answered';
}

export type Outcome = keyof Tally;

function same(stock: Answer, ours: Answer): boolean {
  return stock.data === ours.data && JSON.stringify(stock.errors) === JSON.stringify(ours.errors);
}

function difference(found: { graph: string; operation: Operation; stock: Answer; ours: Answer }): string {
  const { graph, operation, stock, ours } = found;
  return [
    `The ${graph} graph answers differently from the stock gateway.`,
    operation.query,
    `variables: ${JSON.stringify(operation.variables)}`,
    `stock: ${stock.data}`,
    `ours:  ${ours.data}`,
    `only stock: ${stock.errors.filter((error) => !ours.errors.includes(error)).join('\n')}`,
    `only ours:  ${ours.errors.filter((error) => !stock.errors.includes(error)).join('\n')}`,
  ].join('\n');
}
