import { Gauge, within, type Registry } from '@throughline/runtime';
import type { DataSource } from 'typeorm';

const PATIENCE_MS = 2000;

interface Backlog {
  unsent: string;
  oldestUnsent: number;
  waiting: string;
  parked: string;
  held: string;
  oldestDue: number;
}

const READ = `
select (select count(*) from outbox where sent_at is null) as unsent,
       coalesce((select extract(epoch from now() - occurred_at)::float8
                 from outbox where sent_at is null order by seq limit 1), 0) as "oldestUnsent",
       count(*) filter (where state = 'WAITING') as waiting,
       count(*) filter (where state = 'PARKED') as parked,
       count(*) filter (where state = 'HELD') as held`;
const DUE = `coalesce((select extract(epoch from now() - min(run_at))::float8 from graphile_worker.jobs
                       where run_at <= now() and locked_at is null and attempts < max_attempts), 0)`;
const FROM = `from parked_message where state in ('WAITING', 'PARKED', 'HELD')`;

/**
 * What waits in the database, read when the metrics are read: every copy of the service reports the same, also
 * while no relay or job runner works. When the database does not answer, there are no samples, and no old ones.
 */
export function watchBacklog(
  registry: Registry,
  dataSource: DataSource,
  { timers }: { timers: boolean },
): void {
  const statement = `${READ}, ${timers ? DUE : '0'} as "oldestDue" ${FROM}`;
  const read = joined(async () => {
    const rows: Backlog[] = await within(PATIENCE_MS, dataSource.query(statement));
    return rows[0];
  });
  const gauge = gaugeOf(registry, read);
  gauge('outbox_unsent', 'Facts not sent yet', [], ({ unsent }) => [[{}, Number(unsent)]]);
  gauge('outbox_oldest_unsent_seconds', 'Age of the oldest fact not sent yet', [], ({ oldestUnsent }) => [
    [{}, Math.max(0, oldestUnsent)],
  ]);
  gauge('inbox_kept', 'Facts that could not be handled yet, by state', ['state'], (backlog) => [
    [{ state: 'WAITING' }, Number(backlog.waiting)],
    [{ state: 'PARKED' }, Number(backlog.parked)],
    [{ state: 'HELD' }, Number(backlog.held)],
  ]);
  if (!timers) return;
  gauge('timer_oldest_due_seconds', 'For how long a due job has not begun', [], ({ oldestDue }) => [
    [{}, oldestDue],
  ]);
}

type Sample = [labels: Record<string, string>, value: number];

function gaugeOf(registry: Registry, read: () => Promise<Backlog | undefined>) {
  return (name: string, help: string, labelNames: string[], samples: (backlog: Backlog) => Sample[]) => {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const backlog = await read().catch(() => undefined);
        this.reset();
        // Without labels a reset is a sample of 0.
        if (labelNames.length === 0) this.remove();
        for (const [labels, value] of backlog ? samples(backlog) : []) this.set(labels, value);
      },
    });
  };
}

/** Requests during a read get the same answer. */
export function joined<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () =>
    (reading ??= read().finally(() => {
      reading = undefined;
    }));
}
