import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '..', '..', 'README.md');
const begin = '<!-- what still works: begin, written by infra/e2e/{honest,killed}.test.ts -->';
const end = '<!-- what still works: end -->';

/** What one can do (rows) while one service is away (columns). */
export type Verdicts = Map<string, Map<string, string>>;

function tableOf(verdicts: Verdicts): string {
  const columns = [...(verdicts.values().next().value?.keys() ?? [])];
  const rows = [
    ['', ...columns.map((service) => `without ${service}`)],
    ...[...verdicts].map(([title, cells]) => [title, ...columns.map((service) => cells.get(service) ?? '?')]),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const lines = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  return [lines[0], line(widths.map((width) => '-'.repeat(width))), ...lines.slice(1)].join('\n');
}

/** The table in the README says what was seen; with WRITE_TABLE=1 it is made to. */
export function expectTableInReadme(verdicts: Verdicts): void {
  const table = tableOf(verdicts);
  if (process.env.WRITE_TABLE) writeIntoReadme(table);
  const text = readFileSync(readme, 'utf8');
  expect(text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)).trim()).toBe(table);
}

function writeIntoReadme(table: string): void {
  const text = readFileSync(readme, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  writeFileSync(readme, `${before}${begin}\n\n${table}\n\n${after}`);
}
