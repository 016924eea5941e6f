import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayIn } from '@throughline/privacy';
import { buildSchema } from 'graphql';
import { graphNames, type GraphName } from '../supergraph/composed.ts';
import { apiSchema, committedContract, releasedFile } from './api-schema.ts';
import { withEntry } from './changelog.ts';
import { compareSchemas, type SchemaVerdict } from './compare-schemas.ts';

const here = join(import.meta.dirname, '..', '..');
const changelogFile = join(here, 'SCHEMA-CHANGES.md');

function operationsOf(graph: GraphName): Map<string, string> {
  const folder = join(here, 'operations', graph);
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function verdictOn(graph: GraphName, today: string): Promise<SchemaVerdict> {
  const before = buildSchema(readFileSync(releasedFile(graph), 'utf8'));
  return compareSchemas({ before, after: apiSchema(graph), operations: operationsOf(graph), today });
}

function tell(graph: GraphName, { changes, faults }: SchemaVerdict): void {
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  console.log(`${graph}: ${count} since the last release of the schema`);
  for (const change of changes) console.log(`  ${change}`);
  for (const fault of faults) console.error(`  NOT YET: ${fault}`);
}

function release(changes: Record<string, string[]>, day: string): void {
  if (Object.values(changes).every((sentences) => sentences.length === 0)) return;
  writeFileSync(changelogFile, withEntry(readFileSync(changelogFile, 'utf8'), { day, changes }));
  for (const graph of graphNames) writeFileSync(releasedFile(graph), committedContract(graph));
  console.log('SCHEMA-CHANGES.md and gateway/schema/released are written: commit them');
}

/**
 * `--release` writes the released contract. `--break` also writes it when callers break, because they all
 * agreed.
 */
async function main(args: readonly string[]): Promise<void> {
  const today = dayIn('UTC', new Date());
  const changes: Record<string, string[]> = {};
  let faults = 0;
  for (const graph of graphNames) {
    const verdict = await verdictOn(graph, today);
    tell(graph, verdict);
    changes[graph] = verdict.changes;
    faults += verdict.faults.length;
  }
  if (faults > 0 && !args.includes('--break')) process.exitCode = 1;
  else if (args.includes('--release')) release(changes, today);
}

await main(process.argv.slice(2));
