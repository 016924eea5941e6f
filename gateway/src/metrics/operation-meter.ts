import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import type { GatewayMeters, OperationOutcome } from './gateway-meters.ts';

/**
 * Measures listed operations under their names. Callers can invent any number of other names, so all others
 * share one name.
 */
export function operationMeter(
  meters: GatewayMeters,
  graph: string,
  listed: Iterable<string>,
): OwnPlugin<GatewayContext> {
  const known = new Set(listed);
  return {
    begin: () => {
      const began = performance.now();
      let resolved = false;
      return {
        didResolveOperation: () => {
          resolved = true;
          return undefined;
        },
        willSendResponse: ({ operationName, errors }) => {
          const seconds = (performance.now() - began) / 1000;
          const operation = operationName && known.has(operationName) ? operationName : 'not listed';
          meters.answered({ graph, operation, outcome: outcomeOf(resolved, errors), seconds });
        },
      };
    },
  };
}

function outcomeOf(resolved: boolean, errors: readonly { path?: unknown }[] | undefined): OperationOutcome {
  if (!errors?.length) return 'ok';
  if (!resolved) return 'refused';
  return errors.every(({ path }) => path !== undefined) ? 'partial' : 'failed';
}
