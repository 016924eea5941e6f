import { AccessRules, allows, rolesAt, type AccessRule, type Viewer } from '@throughline/graphql';
import { GraphQLError, parse, type OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import { askedFields, type AskedOperation } from './asked-fields.ts';

export interface AccessControl extends OwnPlugin<GatewayContext> {
  /** Replaces the supergraph from which the rules are read. */
  useSupergraph(sdl: string): void;
  /** Finds the rules of operations before they are requested. */
  prepare(operations: Iterable<AskedOperation>): void;
}

interface Asking {
  viewer: Viewer;
  variables: Readonly<Record<string, unknown>>;
}

/** For a field without a rule. */
const nobody: AccessRule = new Set();

/**
 * Refuses an operation that the roles of the viewer do not permit, before it is planned. The rules of an
 * operation are found once; a request only compares them with the viewer.
 */
export function accessControl(): AccessControl {
  let rules: AccessRules | null = null;
  let touched = new WeakMap<OperationDefinitionNode, ReadonlySet<AccessRule>>();

  const touchedBy = (known: AccessRules, asked: AskedOperation): ReadonlySet<AccessRule> => {
    const found = touched.get(asked.operation) ?? rulesOf(known, asked);
    touched.set(asked.operation, found);
    return found;
  };
  return {
    useSupergraph: (sdl) => {
      rules = new AccessRules(parse(sdl, { noLocation: true }));
      touched = new WeakMap();
    },
    prepare: (operations) => {
      for (const asked of operations) if (rules) touchedBy(rules, asked);
    },
    begin: () => ({
      didResolveOperation: ({ schema, document, operation, contextValue, request }) => {
        // Another check refuses a request that names no operation.
        if (!rules || !operation) return undefined;
        const asked = { schema, document, operation };
        const { viewer } = contextValue;
        for (const rule of touchedBy(rules, asked))
          if (!allows(rule, viewer)) refuse(rules, asked, { viewer, variables: request.variables ?? {} });
        return undefined;
      },
    }),
  };
}

function rulesOf(rules: AccessRules, asked: AskedOperation): ReadonlySet<AccessRule> {
  const found = new Set<AccessRule>();
  for (const { type, field } of askedFields(asked, null)) found.add(rules.of(type, field) ?? nobody);
  return found;
}

/** Throws for the first field that is refused, unless the variables leave all such fields out. */
function refuse(rules: AccessRules, asked: AskedOperation, { viewer, variables }: Asking): void {
  for (const { type, field, path } of askedFields(asked, variables)) {
    const rule = rules.of(type, field) ?? nobody;
    if (allows(rule, viewer)) continue;
    const place = path.join('.');
    throw new GraphQLError(`Your role does not permit ${place}.`, {
      extensions: {
        ...{ code: 'FORBIDDEN', field: place, roles: rolesAt(viewer.graph, rule) },
        http: { status: 403 },
      },
    });
  }
}
