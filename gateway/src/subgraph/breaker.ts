import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { SubgraphFailure } from './failure.ts';

export interface BreakerOptions {
  name: string;
  /** Failures in a row after which a service is not called. */
  failures: number;
  /** Time without calls; then one call tries whether the service is back. */
  openMs: number;
}

export type BreakerState = 'closed' | 'half-open' | 'open';

const states: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Stops calling a service that has failed several times in a row. Its part is then missing at once and not
 * after the time-out, and the service can recover. Later one call is let through, and its result decides.
 */
export class Breaker {
  readonly #name: string;
  readonly #circuit: ReturnType<typeof circuitBreaker>;

  constructor({ name, failures, openMs }: BreakerOptions) {
    this.#name = name;
    this.#circuit = circuitBreaker(
      handleWhen((error) => error instanceof SubgraphFailure),
      { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) },
    );
  }

  get state(): BreakerState {
    return states[this.#circuit.state];
  }

  /**
   * `call` gets whether it is the trial. A trial continues when its caller goes, because its result is for all.
   */
  async run<Value>(call: (trial: boolean) => Promise<Value>): Promise<Value> {
    // The library would let other calls wait for the trial and then for their own call.
    if (this.state === 'half-open') throw this.#refusal();
    try {
      return await this.#circuit.execute(() => call(this.state === 'half-open'));
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.#refusal() : error;
    }
  }

  #refusal(): SubgraphFailure {
    return new SubgraphFailure(this.#name, 'SUBGRAPH_UNAVAILABLE');
  }
}
