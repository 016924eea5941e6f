import type { ApolloServerOptions } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { GatewayContext } from '../context.ts';

/** Highest numbers of an operation, for both graphs; the budgets of its cost are settings. */
export const operationLimits = { depth: 14, aliases: 30, directives: 50, tokens: 2_000 };

/** Plugins and validation rules that refuse an operation over the limits. */
export function limitRules(): Pick<ApolloServerOptions<GatewayContext>, 'plugins' | 'validationRules'> {
  const armor = new ApolloArmor({
    maxDepth: { n: operationLimits.depth },
    maxAliases: { n: operationLimits.aliases },
    maxDirectives: { n: operationLimits.directives },
    // It answers 500; graphql's own limit on tokens does not.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
  });
  // graphql-armor's types come from the CommonJS build of @apollo/server, ours from the ES module.
  return armor.protect() as unknown as ReturnType<typeof limitRules>;
}
