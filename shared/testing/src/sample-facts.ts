import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOfRow } from './many-rows.ts';

const samples = join(import.meta.dirname, '..', '..', 'events', 'contracts', 'samples');

/** The data of a fact as it was once sent, about the rows with this number. */
export function sampleData(
  { type, version }: { type: string; version: number },
  row: number,
): Record<string, unknown> {
  const text = readFileSync(join(samples, `${type}.v${version}.json`), 'utf8');
  const about = text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, idOfRow(row));
  return JSON.parse(about) as Record<string, unknown>;
}
