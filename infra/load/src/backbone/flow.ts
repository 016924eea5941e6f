import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { clientUpdated } from '@throughline/events';
import { on, record } from '@throughline/messaging';
import type { Bench } from '../bench.ts';
import { cause, factOf, keepThing, newPrefix, openStore, type Place, type Store } from './ground.ts';

const PER_SECOND = 100;

export interface Wait {
  recordedAt: number;
  handledAt: number;
}

export const heard = on(clientUpdated, (tx, { clientId, version }) => keepThing(tx, clientId, version));

/** Facts recorded at a steady rate in one database and handled in another, whatever happens in between. */
export class Flow {
  readonly sender: Store;
  readonly hearer: Store;
  readonly place: Place;
  #writing: Promise<void> | undefined;
  #stopped = false;

  private constructor(sender: Store, hearer: Store, place: Place) {
    this.sender = sender;
    this.hearer = hearer;
    this.place = place;
  }

  static async open(bench: Bench, brokers = bench.brokers): Promise<Flow> {
    const place = { brokers, topicPrefix: newPrefix() };
    return new Flow(await openStore('sender', bench), await openStore('hearer', bench), place);
  }

  start(): void {
    this.#writing = this.#write();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    await this.#writing;
    await Promise.all([this.sender.close(), this.hearer.close()]);
  }

  /** Of all facts recorded from then until now, in their order; resolves when they are handled. */
  async waits(from: number): Promise<Wait[]> {
    const recorded = await this.sender.dataSource.query<{ id: string; at: number }[]>(
      `select id, extract(epoch from occurred_at)::float8 * 1000 as at from outbox
       where occurred_at >= to_timestamp($1::float8 / 1000) order by seq`,
      [from],
    );
    const handled = await this.#handled(recorded.map(({ id }) => id));
    return recorded.map(({ id, at }) => ({ recordedAt: at, handledAt: handled.get(id) ?? Number.NaN }));
  }

  async #handled(ids: readonly string[]): Promise<Map<string, number>> {
    for (;;) {
      const rows = await this.hearer.dataSource.query<{ id: string; at: number }[]>(
        `select fact_id as id, extract(epoch from received_at)::float8 * 1000 as at from inbox
         where fact_id = any($1::uuid[])`,
        [ids],
      );
      if (rows.length === ids.length) return new Map(rows.map(({ id, at }) => [id, at]));
      await pause(100);
    }
  }

  async #write(): Promise<void> {
    const started = performance.now();
    for (let n = 0; !this.#stopped; n += 1) {
      await pause(Math.max(0, started + (n * 1000) / PER_SECOND - performance.now()));
      await this.sender.dataSource.transaction((tx) => record(tx, cause, factOf(randomUUID())));
    }
  }
}
