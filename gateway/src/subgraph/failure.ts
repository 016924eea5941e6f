import { GraphQLError } from 'graphql';

export type FailureCode = 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_BAD_ANSWER';

const ends: Record<FailureCode, string> = {
  SUBGRAPH_TIMEOUT: 'did not answer in time',
  SUBGRAPH_UNAVAILABLE: 'cannot be reached',
  SUBGRAPH_BAD_ANSWER: 'answered something that cannot be used',
};

/** A call to a service without a result. The text names the service and no address. */
export class SubgraphFailure extends GraphQLError {
  readonly code: FailureCode;

  constructor(serviceName: string, code: FailureCode) {
    super(`The ${serviceName} service ${ends[code]}; its part is missing.`, {
      extensions: { code, serviceName },
    });
    this.code = code;
  }
}

/** Nobody waits for the answer any more: no fault of the service. */
export class Abandoned extends Error {
  constructor() {
    super('The caller has gone.');
  }
}
