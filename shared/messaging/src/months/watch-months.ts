import { Gauge, within, type Registry } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { joined } from '../outbox/backlog.ts';

const PATIENCE_MS = 2000;

interface Told {
  name: string;
  outside: string;
  ahead: string;
}

/**
 * For each table with a partition per month: rows that no month has taken, and months made ahead. When the database does
 * not answer, there are no samples.
 */
export function watchMonths(registry: Registry, dataSource: DataSource): void {
  const read = joined(async () => {
    const told: Told[] = await within(
      PATIENCE_MS,
      dataSource.query('select name, outside, ahead from tell_months()'),
    );
    return told;
  });
  const gauge = (name: string, help: string, value: (told: Told) => string): void => {
    new Gauge({
      ...{ name, help, labelNames: ['table'], registers: [registry] },
      async collect() {
        const told = await read().catch(() => []);
        this.reset();
        for (const table of told) this.set({ table: table.name }, Number(value(table)));
      },
    });
  };
  gauge('rows_outside_months', 'Rows of a month without a partition', ({ outside }) => outside);
  gauge('months_ahead', 'Partitions of months to come', ({ ahead }) => ahead);
}
