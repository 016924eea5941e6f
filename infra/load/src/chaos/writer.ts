import { clientUpdated, safetyFlagRaised, type Cause, type Fact } from '@throughline/events';
import { record } from '@throughline/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { Part } from './part.ts';
import { noteTruth } from './truth.ts';
import { appendUnlocked } from './wrong/unlocked-append.ts';

const AT_ONCE = 4;
const ROLLED_BACK = 0.05;
const SLOW = 0.3;
const SLOW_MS = 15;

const cause: Cause = { actor: { kind: 'SYSTEM', id: 'chaos' }, correlationId: 'chaos' };

class RolledBack extends Error {
  override name = 'RolledBack';
}

/** Commits facts until it is told to stop; what fails is not repeated: the truth says what was committed. */
export class Writer {
  readonly #dataSource: DataSource;
  readonly #part: Part;
  #stopped = false;

  constructor(dataSource: DataSource, part: Part) {
    this.#dataSource = dataSource;
    this.#part = part;
  }

  start(): void {
    for (let n = 0; n < AT_ONCE; n += 1) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const everyMs = (1000 * AT_ONCE) / this.#part.rate;
    while (!this.#stopped) {
      await Promise.all([this.#write().catch(() => undefined), pause(everyMs * (0.5 + Math.random()))]);
    }
  }

  /**
   * Facts of one to three keys in one transaction. Some are slow between append and commit and some roll back: only
   * then do numbers drawn early become visible late, or never.
   */
  async #write(): Promise<void> {
    const keys = [...new Set(Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => this.#key()))];
    const facts = keys.sort().map((key) => factOf(key, this.#part));
    await this.#dataSource.transaction(async (tx) => {
      await this.#append(tx, facts);
      if (Math.random() < SLOW) await pause(Math.random() * SLOW_MS);
      for (const { key, id } of facts) await noteTruth(tx, key, id);
      if (Math.random() < ROLLED_BACK) throw new RolledBack();
    });
  }

  #append(tx: EntityManager, facts: Fact[]): Promise<void> {
    return this.#part.wrong === 'no-key-lock'
      ? appendUnlocked(tx, cause, facts)
      : record(tx, cause, ...facts);
  }

  #key(): string {
    const { keys } = this.#part;
    return keys[Math.floor(Math.random() * keys.length)] ?? '';
  }
}

/** Half of the keys have restricted facts: in a topic of their own, which the wrong ways do not read. */
function factOf(key: string, { wrong }: Part): Fact {
  if (!wrong && Number.parseInt(key.slice(-1), 16) % 2 === 0) {
    const nobody = { caseManagerId: null, supervisorId: null };
    return safetyFlagRaised.of(key, new Date(), {
      screeningId: key,
      clientId: key,
      authorId: key,
      ...nobody,
    });
  }
  return clientUpdated.of(key, new Date(), { clientId: key, changedFields: ['language'], version: 1 });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
