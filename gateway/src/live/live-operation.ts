import {
  getOperationAST,
  OperationTypeNode,
  GraphQLError,
  Kind,
  parse,
  print,
  specifiedRules,
  validate,
  valueFromAST,
  visit,
  GraphQLID,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import { withoutSuggestion } from '../mask.ts';
import { operationLimits } from '../safety/operation-limits.ts';

export const liveFields = ['notificationAdded', 'referralChanged', 'caseloadChanged'] as const;
export type LiveField = (typeof liveFields)[number];

/** A subscription, and the query that reads its selection after an event. */
export interface LiveOperation {
  field: LiveField;
  /** The key of the answer: the alias, or the field's name. */
  key: string;
  /** Argument `id`; null for fields without one. */
  id: string | null;
  /** Takes `$liveId` in addition to the variables. */
  query: string;
  operationName: string;
  variables: Record<string, unknown>;
}

export interface LiveRequest {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
}

const readBy: Record<LiveField, string> = {
  notificationAdded: 'notification',
  referralChanged: 'referral',
  caseloadChanged: 'client',
};
const idVariable = 'liveId';

/** Checks a subscription and turns it into its query; throws a GraphQLError that says what is wrong. */
export function liveOperation(
  schema: GraphQLSchema,
  request: LiveRequest,
  rules: readonly ValidationRule[] = [],
): LiveOperation {
  const { query, operationName, variables } = checked(request);
  const document = parse(query, { maxLexicalTokens: operationLimits.tokens });
  const [wrong] = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: 1 });
  if (wrong) throw refused('GRAPHQL_VALIDATION_FAILED', withoutSuggestion(wrong.message));

  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
    throw refused('BAD_REQUEST', 'Send one subscription here; queries and mutations go to /graphql.');
  const [root] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || !isLive(root.name.value))
    throw refused('BAD_REQUEST', `Select one of ${liveFields.join(', ')} directly in the subscription.`);
  if (Object.keys(variables).includes(idVariable))
    throw refused('BAD_REQUEST', `The variable $${idVariable} is taken.`);

  const name = operation.name?.value ?? 'Live';
  return {
    field: root.name.value,
    key: root.alias?.value ?? root.name.value,
    id: idOf(root, variables),
    ...readingQuery(document, operation, { root, name }, variables),
    operationName: name,
  };
}

function checked({ query, operationName, variables }: LiveRequest) {
  if (typeof query !== 'string' || query === '')
    throw refused('BAD_REQUEST', 'Send the subscription as text in "query".');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw refused('BAD_REQUEST', 'Send "variables" as an object.');
  return {
    query,
    operationName: typeof operationName === 'string' ? operationName : null,
    variables: (variables ?? {}) as Record<string, unknown>,
  };
}

function isLive(name: string): name is LiveField {
  return (liveFields as readonly string[]).includes(name);
}

function idOf(root: FieldNode, variables: Record<string, unknown>): string | null {
  const argument = root.arguments?.find(({ name }) => name.value === 'id');
  if (!argument) return null;
  const id: unknown = valueFromAST(argument.value, GraphQLID, variables);
  if (typeof id !== 'string') throw refused('BAD_USER_INPUT', 'The argument "id" has no value.');
  return id;
}

/**
 * The same selection under the field that reads the entity, without the variables that only the subscription
 * used.
 */
function readingQuery(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { root, name }: { root: FieldNode; name: string },
  variables: Record<string, unknown>,
): Pick<LiveOperation, 'query' | 'variables'> {
  const field: FieldNode = {
    ...root,
    alias: { kind: Kind.NAME, value: root.alias?.value ?? root.name.value },
    name: { kind: Kind.NAME, value: readBy[root.name.value as LiveField] },
    arguments: [{ ...named(Kind.ARGUMENT, 'id'), value: variable(idVariable) }],
    directives: [],
  };
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const used = variablesIn({
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        variableDefinitions: [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
      },
      ...fragments,
    ],
  });
  const kept = (operation.variableDefinitions ?? []).filter((one) => used.has(one.variable.name.value));
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    name: { kind: Kind.NAME, value: name },
    variableDefinitions: [
      ...kept,
      {
        kind: Kind.VARIABLE_DEFINITION,
        variable: variable(idVariable),
        type: { kind: Kind.NON_NULL_TYPE, type: named(Kind.NAMED_TYPE, 'ID') },
      },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  return {
    query: print({ kind: Kind.DOCUMENT, definitions: [query, ...fragments] }),
    variables: Object.fromEntries(
      Object.entries(variables).filter(([key]) => kept.some((one) => one.variable.name.value === key)),
    ),
  };
}

function variablesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

function named<K extends Kind>(kind: K, value: string) {
  return { kind, name: { kind: Kind.NAME, value } as const };
}

function variable(name: string) {
  return named(Kind.VARIABLE, name);
}

/** Code of an error. An error without a code is internal. */
export function codeOf(
  extensions: Record<string, unknown> | undefined,
  otherwise = 'INTERNAL_SERVER_ERROR',
): string {
  return typeof extensions?.code === 'string' ? extensions.code : otherwise;
}

/** An error whose text may be sent. */
export function refused(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
