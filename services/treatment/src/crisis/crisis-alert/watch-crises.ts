import { Gauge, within, type Registry } from '@throughline/runtime';
import type { DataSource } from 'typeorm';

const LONGEST_MS = 2_000;

/**
 * Tells operators how many crises of level 1 nobody acknowledged in time. It reads this service's own rows, so it also
 * speaks while the broker or notifications is down: an alert on it pages the people on duty by another way.
 * Source: infra/reference/domain.md 4.4.
 */
export function watchCrises(registry: Registry, { db, now }: { db: DataSource; now: () => Date }): void {
  new Gauge({
    name: 'crisis_unacknowledged',
    help: 'Crises of level 1 that nobody acknowledged in time',
    registers: [registry],
    async collect() {
      const count = await within(LONGEST_MS, countLate(db, now())).catch(() => null);
      if (count === null) this.remove();
      else this.set(count);
    },
  });
}

async function countLate(db: DataSource, now: Date): Promise<number> {
  const [row] = await db.query<{ count: number }[]>(
    `select count(*)::integer as count from crisis_alert
     where level = 1 and state = 'OPEN' and acknowledge_by <= $1`,
    [now],
  );
  return row?.count ?? 0;
}
