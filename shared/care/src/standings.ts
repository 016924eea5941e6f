import { isUuid, type Viewer } from '@throughline/graphql';
import { pgTimeouts, usualTimeouts, type Logger } from '@throughline/runtime';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { withStanding, type Standing } from './standing.ts';

/** Where a service finds the standing of staff. */
export interface StandingSource {
  /** A select without `where`: `id`, `active` and `roles` of each member of staff. */
  select: string;
  /** The SQL expression of the id inside `select`. */
  id: string;
}

/** The copy that facts feed. */
export const standingCopy: StandingSource = {
  select: 'select staff_id as id, active, roles from staff_standing',
  id: 'staff_id',
};

export interface StandingsOptions {
  source: StandingSource;
  db: DataSource;
  databaseUrl: string;
  logger: Logger;
  /** How often everything is read again, which also shows that the connection lives. */
  refreshMs?: number;
}

interface Row extends Standing {
  id: string;
}

const channel = 'standing';
const reconnectMs = 1_000;

/**
 * The standing of all staff in memory, so that a request costs no statement. A trigger of the table tells each change
 * (`notify standing`), and everything is read again from time to time. While the connection that listens is lost, each
 * request reads the one row instead: a change is never missed, only dearer to see.
 */
export class Standings {
  readonly #options: Required<StandingsOptions>;
  #known: Map<string, Standing> | null = null;
  #listener: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #turn: Promise<void> = Promise.resolve();

  private constructor(options: StandingsOptions) {
    this.#options = { refreshMs: 30_000, ...options };
  }

  static async open(options: StandingsOptions): Promise<Standings> {
    const standings = new Standings(options);
    await standings.#listen();
    return standings;
  }

  /** The viewer with the roles that the staff record leaves; null when the record is inactive. */
  async admit(viewer: Viewer): Promise<Viewer | null> {
    if (viewer.graph !== 'STAFF' || !isUuid(viewer.id)) return viewer;
    const id = viewer.id.toLowerCase();
    const standing = this.#known ? this.#known.get(id) : await this.#read(id);
    return withStanding(viewer, standing ?? null);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#listener?.end();
  }

  async #read(id: string): Promise<Standing | undefined> {
    const { db, source } = this.#options;
    const [row]: Row[] = await db.query(`${source.select} where ${source.id} = $1`, [id]);
    return row;
  }

  async #listen(): Promise<void> {
    const { databaseUrl, refreshMs } = this.#options;
    const listener = new pg.Client({
      ...{ connectionString: databaseUrl, application_name: 'standings' },
      ...{ ...pgTimeouts(usualTimeouts), keepAlive: true, query_timeout: refreshMs },
    });
    this.#listener = listener;
    listener.on('error', () => {
      this.#lose(listener);
    });
    listener.on('end', () => {
      this.#lose(listener);
    });
    listener.on('notification', ({ payload = '' }) => {
      this.#inTurn(listener, () => this.#keep(listener, payload));
    });
    try {
      await listener.connect();
      await listener.query(`listen ${channel}`);
      await this.#refresh(listener);
    } catch {
      this.#lose(listener);
    }
  }

  async #refresh(listener: pg.Client): Promise<void> {
    const { source, refreshMs } = this.#options;
    const { rows } = await listener.query<Row>(source.select);
    this.#known = new Map(rows.map((row) => [row.id, row]));
    this.#later(refreshMs, () => {
      this.#inTurn(listener, () => this.#refresh(listener));
    });
  }

  async #keep(listener: pg.Client, id: string): Promise<void> {
    const { source } = this.#options;
    const { rows } = await listener.query<Row>(`${source.select} where ${source.id} = $1`, [id]);
    for (const row of rows) this.#known?.set(row.id, row);
  }

  /** One statement after the other, so that the newest row is kept last. */
  #inTurn(listener: pg.Client, work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(() => {
      this.#lose(listener);
    });
  }

  #lose(listener: pg.Client): void {
    if (this.#closed || listener !== this.#listener) return;
    this.#known = null;
    this.#listener = null;
    this.#options.logger.warn({}, 'the connection that hears of changed staff records is lost');
    listener.end().catch(() => undefined);
    this.#later(reconnectMs, () => void this.#listen());
  }

  #later(afterMs: number, work: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(work, afterMs);
    this.#timer.unref();
  }
}
