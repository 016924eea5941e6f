import {
  Closers,
  longWorkTimeouts,
  pgTimeouts,
  silentLogger,
  type DatabaseTimeouts,
} from '@throughline/runtime';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { consumerOf } from '../inbox/concern.ts';
import { CatchUp, type Tally } from './catch-up.ts';
import { topicsOf, type Projection } from './projection.ts';
import { createShadow, dropShadow, type Shadow } from './shadow.ts';
import type { OpenSource } from './sources.ts';
import { compare, takeOver, type Compared } from './take-over.ts';

export interface RebuildOptions {
  /** Whose projection it is. */
  service: string;
  projection: Projection;
  createDataSource: (url: string, poolSize: number, timeouts?: DatabaseTimeouts) => DataSource;
  /** The app role cannot create tables. */
  ownerUrl: string;
  source: OpenSource;
  /** Builds and compares, and changes nothing. */
  dryRun?: boolean;
  /**
   * Replaces the tables although the source lacks facts that the service once handled; not where access is
   * decided.
   */
  acceptGaps?: boolean;
  /** Ends the rebuild and removes what it made. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Facts read from topics into the staging table; 0 from archives. */
  read: number;
  /** Handled facts, and the number that the service has handled so far. */
  facts: number;
  total: number;
}

export interface Rebuilt extends Tally {
  /**
   * TAKEN_OVER: the tables are replaced. COMPARED: a dry run. GAPS: nothing was changed because facts are
   * missing.
   */
  outcome: 'TAKEN_OVER' | 'COMPARED' | 'GAPS';
  tables: Compared[];
  /** Time for which the consumer of the service had to wait. */
  heldUpMs: number;
}

/** Another process is rebuilding this projection. */
export class RebuildUnderWay extends Error {
  override name = 'RebuildUnderWay';
}

const ENOUGH = 500;
const MOST_ROUNDS = 20;
const MOST_ATTEMPTS = 5;
const MOST_MS_HELD_UP = 60_000;

/**
 * Builds a projection again from old facts while the old one serves. When it has nearly caught up, the consumer
 * of the service waits, the rest is handled, and the serving tables are made equal in one transaction. A fact
 * handled before is in both; a later fact finds the new rows. After any fault the old tables continue to serve.
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const closers = new Closers();
  try {
    return await build(options, closers);
  } finally {
    await closers.close(silentLogger);
  }
}

async function build(options: RebuildOptions, closers: Closers): Promise<Rebuilt> {
  const { service, projection, createDataSource, ownerUrl } = options;
  const consumer = consumerOf(service, projection.concern);
  const owner = await connect(options, closers);
  await mustBeAlone(owner, projection);
  closers.add('shadow', () => dropShadow(owner, projection));
  const shadow = await createShadow(owner, projection);
  const db = await createDataSource(ownerUrl, 3, longWorkTimeouts).initialize();
  closers.add('database', () => db.destroy());
  await mustHaveHeard(db, consumer);

  const stop = stopWith(options.signal, closers);
  const progress = progressOf(options);
  const source = await options.source({
    db,
    staging: `${shadow.schema}.rebuild_fact`,
    name: `${consumer}.rebuild.${projection.name}`,
    topics: topicsOf(projection),
    onRead: (facts) => progress.tell({ read: facts }),
  });
  closers.add('source', () => source.close());
  const catchUp = new CatchUp({
    db,
    consumer,
    projection,
    source,
    schema: shadow.schema,
    signal: stop.signal,
  });
  catchUp.onProgress = ({ facts }) => progress.tell({ facts });
  await approach(catchUp, (total) => progress.tell({ total }));
  const finished = await finish({ owner, shadow, catchUp, stop, options });
  return { ...finished, ...catchUp.tally };
}

async function connect({ ownerUrl, service }: RebuildOptions, closers: Closers): Promise<pg.Client> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    application_name: `${service} rebuild`,
    keepAlive: true,
    ...pgTimeouts(longWorkTimeouts),
  });
  // The running query fails as well and reports the fault.
  owner.on('error', () => undefined);
  await owner.connect();
  closers.add('owner', () => owner.end());
  return owner;
}

/** Without positions a rebuild would end with empty tables. */
async function mustHaveHeard(db: DataSource, consumer: string): Promise<void> {
  const rows: unknown[] = await db.query('select 1 from inbox_key where consumer = $1 limit 1', [consumer]);
  if (rows.length === 0)
    throw new Error(
      `${consumer} has not heard anything yet: start this release of the service, then rebuild`,
    );
}

/** Ends with the signal of the caller, or for its own reason. */
function stopWith(signal: AbortSignal | undefined, closers: Closers): AbortController {
  const stop = new AbortController();
  const ended = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', ended);
  closers.add('signal', () => signal?.removeEventListener('abort', ended));
  if (signal?.aborted) ended();
  return stop;
}

function progressOf({ onProgress = () => undefined }: RebuildOptions) {
  const progress: Progress = { read: 0, facts: 0, total: 0 };
  return {
    tell: ({ read = 0, ...rest }: Partial<Progress>): void => {
      Object.assign(progress, rest);
      progress.read += read;
      onProgress({ ...progress });
    },
  };
}

/** The lock ends with the session, so a rebuild that was cut off blocks nobody. */
async function mustBeAlone(owner: pg.Client, { name }: Projection): Promise<void> {
  const { rows } = await owner.query<{ alone: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('throughline.rebuild/' || $1, 0)) as alone`,
    [name],
  );
  if (!rows[0]?.alone) throw new RebuildUnderWay(`${name} is being rebuilt already`);
}

/** Each round leaves less, as long as rebuilding is faster than new facts. */
async function approach(catchUp: CatchUp, tellTotal: (total: number) => void): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    tellTotal(catchUp.tally.facts + (await catchUp.behind()));
    if ((await catchUp.round()) < ENOUGH) return;
  }
}

interface Finish {
  owner: pg.Client;
  shadow: Shadow;
  catchUp: CatchUp;
  stop: AbortController;
  options: RebuildOptions;
}

type Finished = Pick<Rebuilt, 'outcome' | 'tables' | 'heldUpMs'>;

async function finish(parts: Finish): Promise<Finished> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await holdingUp(parts);
    } catch (error) {
      await parts.owner.query('rollback').catch(() => undefined);
      const isLockTimeout = (error as { code?: string }).code === '55P03';
      if (!isLockTimeout || attempt === MOST_ATTEMPTS) throw error;
      await parts.catchUp.round();
    }
  }
}

/**
 * Handling a fact first locks a row of inbox_key. This lock waits for running transactions and blocks new ones,
 * so that the positions do not change. The tables are locked, too, but only against writers.
 */
async function holdingUp({ owner, shadow, catchUp, stop, options }: Finish): Promise<Finished> {
  await owner.query(`
    begin; set local lock_timeout = '5s'; set local transaction_timeout = ${MOST_MS_HELD_UP};
    lock table public.inbox_key in exclusive mode`);
  const beganAt = performance.now();
  const timer = setTimeout(() => {
    stop.abort(new Error('the last facts took too long: the consumer must not wait any longer'));
  }, MOST_MS_HELD_UP);
  try {
    await catchUp.round();
    for (const { name } of shadow.tables)
      await owner.query(`lock table public."${name}" in share row exclusive mode`);
    const tables = await compare(owner, shadow);
    const outcome = outcomeOf(options, catchUp.tally);
    if (outcome === 'TAKEN_OVER') await takeOver(owner, shadow);
    stop.signal.throwIfAborted();
    await owner.query('commit');
    return { outcome, tables, heldUpMs: performance.now() - beganAt };
  } finally {
    clearTimeout(timer);
  }
}

function outcomeOf(
  { dryRun, acceptGaps, projection }: RebuildOptions,
  { missing }: Tally,
): Rebuilt['outcome'] {
  if (dryRun) return 'COMPARED';
  return missing > 0 && (!acceptGaps || projection.concern === 'access') ? 'GAPS' : 'TAKEN_OVER';
}
