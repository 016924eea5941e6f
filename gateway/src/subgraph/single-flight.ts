import { Abandoned } from './failure.ts';

interface Flight {
  answer: Promise<string>;
  /** Ends the call when nobody waits for it any more. */
  abandon: AbortController;
  waiting: number;
}

export type Begin = (gone: AbortSignal) => Promise<string>;

/** Joins a caller to the same call that another began and that has not been answered yet. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /**
   * `key` must hold everything that the answer depends on, who asks included. A call goes on until the last of its
   * callers has gone.
   */
  async run(key: string, begin: Begin, gone?: AbortSignal): Promise<{ text: string; shared: boolean }> {
    const joined = this.#flights.get(key);
    const flight = joined ?? this.#take(key, begin);
    flight.waiting += 1;
    const leave = (): void => {
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      this.#forget(key, flight);
      flight.abandon.abort();
    };
    return { text: await untilGone(flight.answer, leave, gone), shared: joined !== undefined };
  }

  /** From now on nobody joins a call that has begun: what it reads may be older than what was just written. */
  close(): void {
    this.#flights.clear();
  }

  #take(key: string, begin: Begin): Flight {
    const abandon = new AbortController();
    const answer = begin(abandon.signal).finally(() => this.#forget(key, flight));
    const flight: Flight = { answer, abandon, waiting: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

async function untilGone(answer: Promise<string>, leave: () => void, gone?: AbortSignal): Promise<string> {
  if (!gone) return answer;
  const left = Promise.withResolvers<never>();
  const onGone = (): void => {
    leave();
    left.reject(new Abandoned());
  };
  if (gone.aborted) onGone();
  else gone.addEventListener('abort', onGone, { once: true });
  try {
    return await Promise.race([answer, left.promise]);
  } finally {
    gone.removeEventListener('abort', onGone);
  }
}
