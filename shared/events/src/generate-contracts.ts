import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { EventDefinition } from './define-event.ts';
import { allEvents } from './index.ts';
import { asyncApi } from './generate/asyncapi.ts';
import { breaksOf } from './generate/compatibility.ts';
import { publishedSchema, type JsonSchema } from './generate/json-schema.ts';
import { suspectFields } from './generate/personal-data.ts';
import { sampleOf } from './generate/sample.ts';

export const contractsFolder = join(import.meta.dirname, '..', 'contracts');

/** The documents as they should be: path within the folder and text. */
export function generateContracts(events: readonly EventDefinition[]): Map<string, string> {
  return new Map([
    ...events.map((event): [string, string] => [schemaPath(event), json(publishedSchema(event))]),
    ['asyncapi.yaml', stringify(asyncApi(events), { aliasDuplicateObjects: false, lineWidth: 110 })],
  ]);
}

/** Why these facts must not be published over what the folder holds. */
export function refusals(events: readonly EventDefinition[], folder: string): string[] {
  return events.flatMap((event) => {
    const next = publishedSchema(event);
    const stored = read(join(folder, schemaPath(event)));
    const breaks = stored === undefined ? [] : breaksOf(JSON.parse(stored) as JsonSchema, next);
    return [
      ...suspectFields(next).map((field) => `${event.type}.${field} could carry personal data`),
      ...breaks.map((what) => `${event.type}: ${what}; declare a new version instead (defineNextVersion)`),
    ];
  });
}

/** Paths in the folder that are not as generated; missing samples and documents of undeclared facts included. */
export function drift(events: readonly EventDefinition[], folder: string): string[] {
  const expected = generateContracts(events);
  const declared = new Set([...expected.keys(), ...events.map(samplePath)]);
  return [
    ...[...expected].filter(([path, text]) => read(join(folder, path)) !== text).map(([path]) => path),
    ...events.map(samplePath).filter((path) => !existsSync(join(folder, path))),
    ...globSync('**/*.json', { cwd: folder }).filter((path) => !declared.has(path.replaceAll('\\', '/'))),
  ];
}

/** Samples are the memory of what was once sent: written once, never again. */
export function writeContracts(events: readonly EventDefinition[], folder: string): void {
  for (const [path, text] of generateContracts(events)) write(join(folder, path), text);
  for (const event of events) {
    const path = join(folder, samplePath(event));
    if (!existsSync(path)) write(path, json(sampleOf(event)));
  }
}

export function samplePath({ type, version }: Pick<EventDefinition, 'type' | 'version'>): string {
  return `samples/${type}.v${String(version)}.json`;
}

function schemaPath({ topic, type, version }: EventDefinition): string {
  return `${topic}/${type}.v${String(version)}.schema.json`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function main(check: boolean): void {
  const faults = refusals(allEvents, contractsFolder);
  if (!check && faults.length === 0) writeContracts(allEvents, contractsFolder);
  if (faults.length === 0) {
    faults.push(...drift(allEvents, contractsFolder).map((path) => `contracts/${path} is not as generated`));
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

if (import.meta.main) main(process.argv.includes('--check'));
