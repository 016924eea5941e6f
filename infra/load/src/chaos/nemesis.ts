import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';
import type { Fault, Kill, Pause } from './schedule.ts';
import { deposeLeader, type Store } from './truth.ts';

/** A fault that happened. Times are of this machine's clock, as those of the database are. */
export interface Done {
  fault: Fault;
  at: number;
  /** When the server answered again, or the process went on. */
  overAt: number;
}

/** Does what the schedule says, each fault at its time. Faults of different targets overlap; of one server they wait. */
export class Nemesis {
  readonly done: Done[] = [];
  readonly #crew: Crew;
  readonly #ground: Ground;
  readonly #store: Store;
  readonly #turns = new Map<string, Promise<void>>();

  constructor({ crew, ground, store }: { crew: Crew; ground: Ground; store: Store }) {
    this.#crew = crew;
    this.#ground = ground;
    this.#store = store;
  }

  /** Resolves when all faults are over. */
  async carryOut(schedule: readonly Fault[]): Promise<void> {
    const startedAt = Date.now();
    const running: Promise<void>[] = [];
    for (const fault of schedule) {
      await pause(startedAt + fault.at - Date.now());
      running.push(this.#inTurn(fault));
    }
    await Promise.all(running);
  }

  #inTurn(fault: Fault): Promise<void> {
    if (fault.kind !== 'kill') return this.#timed(fault);
    const turn = this.#after(this.#turns.get(fault.target), fault);
    this.#turns.set(fault.target, turn);
    return turn;
  }

  async #after(before: Promise<void> | undefined, fault: Fault): Promise<void> {
    await before;
    await this.#timed(fault);
  }

  async #timed(fault: Fault): Promise<void> {
    const at = Date.now();
    if (fault.kind === 'kill') await this.#kill(fault);
    else if (fault.kind === 'pause') await this.#pause(fault);
    else {
      this.#ground.links[fault.link].disturb(fault.how, fault.forMs);
      await pause(fault.how === 'delay' || fault.how === 'half-open' ? fault.forMs : 0);
    }
    this.done.push({ fault, at, overAt: Date.now() });
  }

  async #kill({ target, pick, leader }: Kill): Promise<void> {
    if (target === 'postgres') await this.#ground.crashPostgres();
    else if (target === 'kafka') await this.#ground.killKafka();
    else this.#crew.kill(target, { pick, leader });
  }

  async #pause({ target, pick, leader, forMs, deposed }: Pause): Promise<void> {
    const goOn = this.#crew.pause(target, { pick, leader });
    // The database may be down as well just now: then the leader is deposed already.
    if (deposed) await deposeLeader(this.#store).catch(() => undefined);
    await pause(forMs);
    goOn();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
