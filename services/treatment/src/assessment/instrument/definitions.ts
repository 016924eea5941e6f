import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionFile } from './definition-file.ts';
import type { Instrument } from './instrument.ts';

const folder = join(import.meta.dirname, 'definitions');

/** Current and past versions that come with the system; a faulty file stops the start. */
export const instruments: readonly Instrument[] = globSync('*.json', { cwd: folder })
  .sort()
  .map((file) => definitionFile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  .toSorted((a, b) => compareVersions(a.version, b.version));

/** The current version of each instrument, of those that come with the system and those that were loaded. */
export function currentOf(all: readonly Instrument[]): Instrument[] {
  const latest = new Map<string, Instrument>();
  for (const one of all.toSorted((a, b) => compareVersions(a.version, b.version))) latest.set(one.code, one);
  return [...latest.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** The current version of an instrument that comes with the system, or null when none has this code. */
export function findInstrument(code: string): Instrument | null {
  return instruments.findLast((instrument) => instrument.code === code) ?? null;
}

/** A version that comes with the system, or null. */
export function findVersion(code: string, version: string): Instrument | null {
  return instruments.find((one) => one.code === code && one.version === version) ?? null;
}

/** Below 0 when `a` is the older one: 1.9 is older than 1.10. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
