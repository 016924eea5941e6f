import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { SubgraphFailure } from './failure.ts';

export interface BreakerOptions {
  name: string;
  /** Failures in a row after which a service is left alone. */
  failures: number;
  /** For how long; then one call tries whether it is back. */
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
 * Leaves a service alone that has failed several times in a row: its part is missing at once instead of after the
 * time-out, and it can recover. Then a single call is let through; how that ends decides.
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

  /** `call` hears whether it is the trial: that one is not given up when its caller goes, it answers for all. */
  async run<Value>(call: (trial: boolean) => Promise<Value>): Promise<Value> {
    // The library would let the others wait for the trial, and then for a call of their own.
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
