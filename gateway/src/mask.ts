import { accessRoles } from '@throughline/graphql';
import type { GraphQLFormattedError } from 'graphql';

/** Codes that a caller can act on; anything else becomes INTERNAL_SERVER_ERROR without a text. */
export const speakable: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'LIMIT_EXCEEDED',
  'OPERATION_TOO_COSTLY',
  'RATE_LIMITED',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_BAD_ANSWER',
]);

/** A suggestion names a part of the graph that was not asked for, and that the caller may not know. */
const suggestion = / Did you mean [^?]*\?/g;

/** The text without what graphql-js would rather have been asked. */
export function withoutSuggestion(message: string): string {
  return message.replace(suggestion, '');
}

/** Never lets an address, an upstream body or a stack out. */
export function maskError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = text(formatted.extensions?.code);
  const serviceName = text(formatted.extensions?.serviceName);
  const requestId = text(formatted.extensions?.requestId);
  const known = code !== null && speakable.has(code);
  return {
    message: known ? withoutSuggestion(formatted.message) : 'Something went wrong on our side.',
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: {
      code: known ? code : 'INTERNAL_SERVER_ERROR',
      ...(serviceName && { serviceName }),
      ...(requestId && { requestId }),
      ...(known && figuresOf(formatted.extensions)),
      ...(code === 'FORBIDDEN' && refusalOf(formatted.extensions)),
    },
  };
}

/** How much was asked for, how much there is, and after how many seconds there is more. */
function figuresOf(extensions: Record<string, unknown> | undefined): Record<string, number> {
  const figures = ['estimate', 'budget', 'retryAfter'].map((name) => [name, extensions?.[name]] as const);
  return Object.fromEntries(figures.filter((one): one is [string, number] => typeof one[1] === 'number'));
}

/** The field that was refused before anything was asked, and the roles that are permitted. */
function refusalOf(extensions: Record<string, unknown> | undefined): object {
  const { field, roles } = extensions ?? {};
  if (typeof field !== 'string' || !/^[\w.]+$/.test(field) || !Array.isArray(roles)) return {};
  return { field, roles: roles.filter((role) => typeof role === 'string' && accessRoles.has(role)) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
