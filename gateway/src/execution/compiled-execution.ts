import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import type { Shaping } from '../shaping/install.ts';
import { CompiledPlans } from './compiled-plans.ts';
import type { Execution, ExecutionParts } from './execution.ts';

/** Plans and shapes run as code that is compiled once; the library answers everything that they do not cover. */
export function compiledExecution(
  shaping: Shaping,
  { graph, gateway, plans, meters }: ExecutionParts,
): Execution {
  const compiled = new CompiledPlans(gateway, plans, {
    planned: () => meters.planned(graph, 'hit'),
    ran: (by) => meters.ranCompiled(graph, by),
  });
  return {
    name: 'compiled',
    plugins: [admitting(shaping)],
    execute: async (prepared, about) => {
      const { contextValue: context, request, schema } = about;
      const executed = await compiled.run(prepared, request.variables ?? {}, { schema, context });
      if (executed && 'data' in executed) return executed;
      if (executed) context.recorded = executed.recorded;
      return gateway.executor(about as never);
    },
    forget: () => compiled.forget(),
  };
}

/** Lets compiled code shape the answers of operations that have passed all checks. */
function admitting(shaping: Shaping): OwnPlugin<GatewayContext> {
  return {
    begin: () => ({
      didResolveOperation: ({ operation }) => {
        shaping.admit(operation);
        return undefined;
      },
    }),
  };
}
