import { cpus } from 'node:os';
import { quantile } from '../bench.ts';

/** What was seen of one contestant with one operation. */
export interface Row {
  contestant: string;
  operation: string;
  /** Requests per second of CPU, one number a round. */
  perCpuSecond: number[];
  p99: number[];
  callsPerOperation: number;
  residentMb: number;
}

/** What was seen at the same load for everybody, one number a round. */
export interface EqualLoad {
  contestant: string;
  p50: number[];
  p99: number[];
  /** Of all rounds. */
  max: number;
  /** Share of its core. */
  cpu: number[];
}

const stock = 'stock @apollo/gateway';

export function throughputTable(rows: readonly Row[], operations: readonly string[]): string {
  const names = [...new Set(rows.map(({ contestant }) => contestant))];
  const head = operations.map((name) => `${name}: req/CPU-s | × stock | p99 ms | calls/op`).join(' | ');
  const line = (name: string): string => {
    const cells = operations.map((operation) => {
      const row = rows.find((found) => found.contestant === name && found.operation === operation);
      const base = rows.find((found) => found.contestant === stock && found.operation === operation);
      if (!row || !base) return '- | - | - | -';
      const score = quantile(row.perCpuSecond);
      const ratio = score / quantile(base.perCpuSecond);
      return `${score.toFixed(0)} | ${ratio.toFixed(2)} | ${quantile(row.p99).toFixed(0)} | ${row.callsPerOperation.toFixed(2)}`;
    });
    const resident = Math.max(...rows.filter((row) => row.contestant === name).map((row) => row.residentMb));
    return `| ${name} | ${cells.join(' | ')} | ${resident.toFixed(0)} |`;
  };
  const width = operations.length * 4 + 2;
  return [`| | ${head} | RSS MB |`, `|${'---|'.repeat(width)}`, ...names.map(line)].join('\n');
}

export function equalLoadTable(rows: readonly EqualLoad[]): string {
  const base = rows.find(({ contestant }) => contestant === stock);
  const of = (values: number[], whole: number[] = []): string =>
    (quantile(values) / quantile(whole)).toFixed(2);
  return [
    '| | p50 ms | p99 ms | max ms | CPU of one core | p99 ÷ stock | CPU ÷ stock |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ contestant, p50, p99, max, cpu }) =>
        `| ${contestant} | ${quantile(p50).toFixed(0)} | ${quantile(p99).toFixed(0)} | ${max.toFixed(0)} | ${(quantile(cpu) * 100).toFixed(0)} % | ${of(p99, base?.p99)} | ${of(cpu, base?.cpu)} |`,
    ),
  ].join('\n');
}

export function machine(): string {
  return `${new Date().toISOString()}, node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
}
