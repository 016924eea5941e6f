import { getOperationAST, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { gatewayConfig } from '../src/config.ts';
import { CostModel } from '../src/safety/cost-model.ts';
import { estimateCost } from '../src/safety/estimate-cost.ts';
import { limitRules, operationLimits } from '../src/safety/operation-limits.ts';
import { composedSupergraph, type GraphName } from '../src/supergraph/composed.ts';
import type { Operation } from './invent-operation.ts';

const { COST_BUDGET_STAFF, COST_BUDGET_PARTNER } = gatewayConfig.shape;
const budgets = { staff: COST_BUDGET_STAFF.parse(undefined), partner: COST_BUDGET_PARTNER.parse(undefined) };

/** Whether the gateway takes an operation: its tokens, aliases, directives, depth and cost are within the limits. */
export function withinLimits(graph: GraphName, schema: GraphQLSchema): (operation: Operation) => boolean {
  const model = new CostModel(composedSupergraph(graph));
  const { validationRules = [] } = limitRules();
  return ({ query, variables, operationName }) => {
    const document = parsed(query);
    const operation = document && getOperationAST(document, operationName);
    if (!document || !operation || validate(schema, document, validationRules).length > 0) return false;
    return estimateCost(model, { schema, document, operation, variables }) <= budgets[graph];
  };
}

/** Null: the text has too many tokens. */
function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxLexicalTokens: operationLimits.tokens });
  } catch {
    return null;
  }
}
