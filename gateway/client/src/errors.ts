/** Codes that the graphs give; what each means and what to do is in gateway/ERRORS.md. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'NOT_FOUND',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_NOT_IN_SAFELIST',
  'LIMIT_EXCEEDED',
  'OPERATION_TOO_COSTLY',
  'RATE_LIMITED',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_BAD_ANSWER',
  'INTERNAL_SERVER_ERROR',
  'LIVE_INTERRUPTED',
  'LIVE_GAP',
  'TOO_MANY_SUBSCRIPTIONS',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One entry of `errors`; `path` names the part that is null because of it. */
export interface GraphError {
  code: ErrorCode;
  message: string;
  path?: readonly (string | number)[];
  /** Name it when you ask us. */
  requestId: string | null;
  /** The service whose part is missing. */
  serviceName?: string;
  /** Seconds until RATE_LIMITED ends. */
  retryAfter?: number;
  extensions: Readonly<Record<string, unknown>>;
}

interface Told {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown> & {
    code?: ErrorCode;
    requestId?: string;
    serviceName?: string;
    retryAfter?: number;
  };
}

export function graphErrors(told: readonly object[] = [], requestId: string | null): GraphError[] {
  return (told as readonly Told[]).map(({ message, path, extensions = {} }) => ({
    code: extensions.code ?? 'INTERNAL_SERVER_ERROR',
    message,
    ...(path && { path }),
    requestId: extensions.requestId ?? requestId,
    ...(extensions.serviceName !== undefined && { serviceName: extensions.serviceName }),
    ...(extensions.retryAfter !== undefined && { retryAfter: extensions.retryAfter }),
    extensions,
  }));
}
