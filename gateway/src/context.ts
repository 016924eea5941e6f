import type { Viewer } from '@throughline/graphql';

/** What one request carries through the gateway. */
export interface GatewayContext {
  viewer: Viewer;
  requestId: string;
  /** Aborts when the caller has gone: nobody reads the answer. */
  gone?: AbortSignal;
  /** What is read must be as new as the request: it joins no call that another request has begun. */
  fresh?: boolean;
}
