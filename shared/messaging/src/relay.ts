import type { Logger } from '@throughline/runtime';
import pg from 'pg';
import { Loop } from './loop.ts';
import type { Meters } from './meters.ts';
import { messageOfTextRow, outboxColumns, type OutboxTextRow } from './outbox-row.ts';
import type { Publisher } from './transport.ts';

const BATCH = 500;
const POLL_MS = 250;
const PRUNE_EVERY_MS = 60 * 60 * 1000;
const QUERY_TIMEOUT_MS = 15_000;

export interface RelayOptions {
  service: string;
  databaseUrl: string;
  connect: () => Promise<Publisher>;
  logger: Logger;
  meters: Meters;
}

type Row = OutboxTextRow & { seq: string };

const JSONB: number = pg.types.builtins.JSONB;

/** JSON stays text: it is sent as it was stored. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    (oid as number) === JSONB ? String : pg.types.getTypeParser(oid, format),
};

/**
 * Sends what the outbox holds, in order. One relay per database leads: the one whose session holds the advisory
 * lock, so a dead leader's lock goes with its connection. On any error it lets go of everything and begins anew;
 * every leader begins at the oldest unsent row, so an error can cause repetition but neither loss nor disorder.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #loop: Loop;
  #client: pg.Client | undefined;
  #publisher: Publisher | undefined;
  #leads = false;
  #prunedAt = Date.now();
  #roundAt = Date.now();

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#loop = new Loop(() => this.#round(), { name: 'relay', pollMs: POLL_MS, logger: options.logger });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  get leads(): boolean {
    return this.#leads;
  }

  health(): string {
    return Date.now() - this.#roundAt < 30_000 ? 'ok' : 'the outbox is not being sent';
  }

  async close(): Promise<void> {
    await this.#loop.close();
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

  /** So that the first fact need not wait for it. A broker that is down is met when there is something to send. */
  async #meetBroker(): Promise<void> {
    this.#publisher ??= await this.#options.connect().catch(() => undefined);
  }

  /** While a batch is on its way to the broker, the one before it is marked and the one after it is read. */
  async #drain(): Promise<void> {
    let sent: Row[] = [];
    let batch = await this.#unsent();
    while (batch.length > 0) {
      const [next] = await Promise.all([this.#besides(batch, sent), this.#send(batch)]);
      [sent, batch] = [batch, next];
    }
    await this.#mark(sent);
    await this.#prune();
  }

  async #besides(batch: readonly Row[], sent: readonly Row[]): Promise<Row[]> {
    await this.#mark(sent);
    return batch.length < BATCH || this.#loop.closed ? [] : this.#unsent(batch);
  }

  /** Never in a transaction: an open one would hold back vacuum for as long as the broker takes. */
  async #unsent(but: readonly Row[] = []): Promise<Row[]> {
    const { rows } = await this.#leader.query<Row>({
      text: `select seq, ${outboxColumns} from outbox
             where sent_at is null and seq <> all($1::bigint[]) order by seq limit ${String(BATCH)}`,
      values: [but.map(({ seq }) => seq)],
      types,
    });
    return rows;
  }

  async #send(batch: readonly Row[]): Promise<void> {
    this.#publisher ??= await this.#options.connect();
    await this.#publisher.send(batch.map((row) => messageOfTextRow(row, this.#options.service)));
  }

  async #mark(sent: readonly Row[]): Promise<void> {
    if (sent.length === 0) return;
    await this.#leader.query(`update outbox set sent_at = now() where seq = any($1::bigint[])`, [
      sent.map(({ seq }) => seq),
    ]);
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

  /**
   * A session of its own, not one of a pool. A host that vanishes must not keep the lock for hours: keepalives. It need
   * not wait for the disk: a crash that forgets that a fact was sent has it sent again.
   */
  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      application_name: `${this.#options.service} relay`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
      connectionTimeoutMillis: 5000,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    client.on('error', () => {
      this.#leads = false;
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    await client.query(
      `set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;
       set synchronous_commit = off`,
    );
    return client;
  }

  async #letGo(): Promise<void> {
    const [client, publisher] = [this.#client, this.#publisher];
    this.#client = undefined;
    this.#publisher = undefined;
    this.#leads = false;
    await Promise.allSettled([client?.end(), publisher?.close()]);
  }
}
