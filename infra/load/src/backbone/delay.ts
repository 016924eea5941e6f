import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { clientUpdated } from '@throughline/events';
import { on, record } from '@throughline/messaging';
import type { DataSource } from 'typeorm';
import { quantile, type Bench } from '../bench.ts';
import { cause, factOf, keepThing, newPrefix, openStore, start } from './ground.ts';

const PER_SECOND = 200;
const WARM_UP_SECONDS = 3;
const SECONDS = 15;
const POLL_SECONDS = 5;
/** A new group joins, and the relay leads. */
const SETTLE_MS = 4_000;

export interface Delay {
  p50: number;
  p99: number;
}

/** From the last statement before the commit to the start of the reaction. */
export async function handledAfter(bench: Bench): Promise<{ woken: Delay; polled: Delay }> {
  const sender = await openStore('sender', bench);
  const hearer = await openStore('hearer', bench);
  const place = { brokers: bench.brokers, topicPrefix: newPrefix() };
  const clock = new Clock();
  const heard = on(clientUpdated, (tx, { clientId, version }) => {
    clock.heard(clientId);
    return keepThing(tx, clientId, version);
  });
  const hearing = await start(hearer, place, { reactions: { work: [heard] } });
  const sending = await start(sender, place, { reactions: {} });
  await pause(SETTLE_MS);
  await clock.measure(sender.dataSource, WARM_UP_SECONDS);
  const woken = await clock.measure(sender.dataSource, SECONDS);
  // The relay hears of the commits of the data source that it was started with, and of no other's.
  const polled = await clock.measure(await sender.another(), POLL_SECONDS);
  await Promise.all([sending.close(), hearing.close()]);
  await Promise.all([sender.close(), hearer.close()]);
  return { woken, polled };
}

class Clock {
  readonly #recorded = new Map<string, number>();
  #delays: number[] = [];

  heard(id: string): void {
    const at = this.#recorded.get(id);
    if (at !== undefined && this.#recorded.delete(id)) this.#delays.push(performance.now() - at);
  }

  async measure(dataSource: DataSource, seconds: number): Promise<Delay> {
    this.#delays = [];
    const count = seconds * PER_SECOND;
    const started = performance.now();
    for (let n = 0; n < count; n += 1) {
      await pause(Math.max(0, started + (n * 1000) / PER_SECOND - performance.now()));
      void this.#write(dataSource);
    }
    while (this.#delays.length < count) await pause(20);
    return { p50: quantile(this.#delays), p99: quantile(this.#delays, 0.99) };
  }

  #write(dataSource: DataSource): Promise<void> {
    const id = randomUUID();
    return dataSource.transaction(async (tx) => {
      await keepThing(tx, id, 1);
      await record(tx, cause, factOf(id));
      this.#recorded.set(id, performance.now());
    });
  }
}
