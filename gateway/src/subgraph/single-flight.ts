import { Abandoned } from './failure.ts';
import { Gone } from './gone.ts';

interface Flight {
  answer: Promise<string>;
  /** Ends the call when nobody waits for it any more. */
  abandon: Gone;
  waiting: number;
}

export type Begin = (gone: Gone) => Promise<string>;

/** Joins a caller to an equal call that is still running. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /**
   * `key` must contain everything that the answer depends on, also the viewer. A call continues until its last
   * caller has gone. `joined` is called when another caller had begun the call.
   */
  run(key: string, begin: Begin, { gone, joined }: { gone: Gone | undefined; joined: () => void }) {
    const known = this.#flights.get(key);
    if (known) joined();
    const flight = known ?? this.#take(key, begin);
    flight.waiting += 1;
    return gone ? this.#untilGone(key, flight, gone) : flight.answer;
  }

  /** Later callers join no running call: it may read a state from before a write. */
  close(): void {
    this.#flights.clear();
  }

  #take(key: string, begin: Begin): Flight {
    const abandon = new Gone();
    const answer = begin(abandon);
    const flight: Flight = { answer, abandon, waiting: 0 };
    this.#flights.set(key, flight);
    const forget = (): void => this.#forget(key, flight);
    answer.then(forget, forget);
    return flight;
  }

  #untilGone(key: string, flight: Flight, gone: Gone): Promise<string> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#leave(key, flight);
        reject(new Abandoned());
      };
      if (gone.gone) {
        leave();
        return;
      }
      gone.add(leave);
      const stay = (): void => gone.remove(leave);
      flight.answer.then(stay, stay);
      flight.answer.then(resolve, reject);
    });
  }

  #leave(key: string, flight: Flight): void {
    flight.waiting -= 1;
    if (flight.waiting > 0) return;
    this.#forget(key, flight);
    flight.abandon.tell();
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
