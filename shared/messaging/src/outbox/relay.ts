import type { DatabaseTimeouts, Logger } from '@throughline/runtime';
import type pg from 'pg';
import { Rounds } from '../rounds.ts';
import type { Meters } from '../meters.ts';
import { messageOfTextRow } from './outbox-row.ts';
import { BATCH, markSent, openRelaySession, readUnsent, type UnsentRow } from './relay-session.ts';
import type { Publisher } from '../transport.ts';

const POLL_MS = 250;
const PRUNE_EVERY_MS = 60 * 60 * 1000;

export interface RelayOptions {
  service: string;
  databaseUrl: string;
  timeouts: DatabaseTimeouts;
  connect: () => Promise<Publisher>;
  logger: Logger;
  meters: Meters;
}

/**
 * Sends the facts of the outbox in order. One relay per database leads: its session holds the advisory lock,
 * and the lock of a dead leader ends with its connection. After an error it closes everything and begins again.
 * Every leader begins at the oldest unsent row, so an error can cause repetition, but neither loss nor
 * disorder.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #rounds: Rounds;
  #client: pg.Client | undefined;
  #publisher: Publisher | undefined;
  #leads = false;
  #prunedAt = Date.now();
  #roundAt = Date.now();

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.#round(), {
      name: 'relay',
      pollMs: POLL_MS,
      logger: options.logger,
    });
  }

  start(): void {
    this.#rounds.start();
  }

  wake(): void {
    this.#rounds.wake();
  }

  get leads(): boolean {
    return this.#leads;
  }

  health(): string {
    return Date.now() - this.#roundAt < 30_000 ? 'ok' : 'the outbox is not being sent';
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    await this.#letGo();
  }

  async #round(): Promise<void> {
    try {
      if (await this.#lead()) await this.#drain();
      this.#roundAt = Date.now();
    } catch (error) {
      await this.#letGo();
      throw error;
    }
  }

  async #lead(): Promise<boolean> {
    const client = (this.#client ??= await this.#connect());
    if (this.#leads) return true;

    const { rows } = await client.query<{ leads: boolean }>(
      `select pg_try_advisory_lock(hashtext('throughline.outbox.relay')) as leads`,
    );
    this.#leads = rows[0]?.leads ?? false;
    if (this.#leads) {
      this.#options.meters.led();
      await this.#meetBroker();
    }
    return this.#leads;
  }

  /**
   * Connects early, so that the first fact need not wait. A broker that is down matters only when there is
   * something to send.
   */
  async #meetBroker(): Promise<void> {
    this.#publisher ??= await this.#options.connect().catch(() => undefined);
  }

  /** While a batch is being sent, the batch before it is marked and the batch after it is read. */
  async #drain(): Promise<void> {
    let sent: UnsentRow[] = [];
    let batch = await readUnsent(this.#leader);
    while (batch.length > 0) {
      const [next] = await Promise.all([this.#markAndRead(batch, sent), this.#send(batch)]);
      [sent, batch] = [batch, next];
    }
    await markSent(this.#leader, sent);
    await this.#prune();
  }

  async #markAndRead(batch: readonly UnsentRow[], sent: readonly UnsentRow[]): Promise<UnsentRow[]> {
    await markSent(this.#leader, sent);
    return batch.length < BATCH || this.#rounds.closed ? [] : readUnsent(this.#leader, batch);
  }

  async #send(batch: readonly UnsentRow[]): Promise<void> {
    this.#publisher ??= await this.#options.connect();
    await this.#publisher.send(batch.map((row) => messageOfTextRow(row, this.#options.service)));
  }

  async #prune(): Promise<void> {
    if (Date.now() - this.#prunedAt < PRUNE_EVERY_MS) return;
    const { rows } = await this.#leader.query<{ pruned: number }>(`select prune_messaging() as pruned`);
    if (rows[0]?.pruned === 0) this.#prunedAt = Date.now();
  }

  get #leader(): pg.Client {
    if (!this.#client) throw new Error('the relay has no connection');
    return this.#client;
  }

  #connect(): Promise<pg.Client> {
    return openRelaySession(this.#options, (client) => {
      this.#leads = false;
      if (this.#client === client) this.#client = undefined;
    });
  }

  async #letGo(): Promise<void> {
    const [client, publisher] = [this.#client, this.#publisher];
    this.#client = undefined;
    this.#publisher = undefined;
    this.#leads = false;
    await Promise.allSettled([client?.end(), publisher?.close()]);
  }
}
