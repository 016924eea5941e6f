import type { Viewer } from '@throughline/graphql';

/** What one request carries through the gateway. */
export interface GatewayContext {
  viewer: Viewer;
  requestId: string;
}
