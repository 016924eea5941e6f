import type { ToldFaults, Viewer } from '@throughline/graphql';
import type { Gone } from './subgraph/gone.ts';
import type { RecordedAnswers } from './subgraph/recorded-answers.ts';

/** What one request carries through the gateway. */
export interface GatewayContext {
  viewer: Viewer;
  requestId: string;
  /** Tells when the caller has gone: nobody reads the answer. */
  gone?: Gone;
  /** What is read must be as new as the request: it joins no call that another request has begun. */
  fresh?: boolean;
  /** What services have answered to this very request. */
  recorded?: RecordedAnswers;
  /** Faults of the input of a mutation, for its service to tell together with its own. */
  inputFaults?: ToldFaults;
}
