import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes whose message may be shown: it is about the request and not about internals. */
const speakable = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'OPERATION_TOO_COSTLY',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** Not signed in. */
export function unauthenticated(
  message = 'Sign in first: send Authorization: Bearer <access token>.',
): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

/** The role does not permit this at all. */
export function roleForbidden(): GraphQLError {
  return new GraphQLError('Your role does not permit this.', { extensions: { code: 'FORBIDDEN' } });
}

/** Passes errors that the caller can act on. Everything else is a bug and is reported without its text. */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.code;
  if (isSpeakable(code)) return withoutInsides(formatted, code);
  if (isUnstorable(originalOf(error)))
    return withoutInsides(
      { ...formatted, message: 'A text contains a character that cannot be stored.' },
      'BAD_USER_INPUT',
    );
  return withoutInsides(
    { ...formatted, message: 'Something went wrong on our side.' },
    'INTERNAL_SERVER_ERROR',
  );
}

/** A bug, or a part of the system that is away: nothing that the caller can correct. */
export function isOurFault(error: GraphQLError): boolean {
  return !isSpeakable(error.extensions.code) && !isUnstorable(originalOf(error));
}

function isSpeakable(code: unknown): code is string {
  return typeof code === 'string' && speakable.has(code);
}

function withoutInsides(
  { message, locations, path }: GraphQLFormattedError,
  code: string,
): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code } };
}

/** PostgreSQL's words for a null character: a fault of the caller, in any text of the input. */
function isUnstorable(error: unknown): boolean {
  const { driverError } = (error ?? {}) as { driverError?: { code?: unknown } };
  return driverError?.code === '22021' || driverError?.code === '22P05';
}

/** The thrown error, without the wrapper of GraphQL. */
export function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}
