import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { composeSchemaContract } from '@theguild/federation-composition';
import { readServiceSdl } from '@throughline/service/sdl';
import { gql } from 'graphql-tag';
import { committedContract, contractFile, contractOf } from './contract/api-schema.ts';
import { subgraphs } from './subgraphs.ts';
import { composedFile, type GraphName } from './supergraph/composed.ts';

const services = join(import.meta.dirname, '..', '..', 'services');

/**
 * Partners see what is tagged for them and nothing else. Staff see all but what is for partners only. A value of an
 * enum that partners know, but that only staff may see, is tagged `staff-only`: a tag on an enum takes all its values.
 */
const tagsOf: Record<GraphName, { include: Set<string>; exclude: Set<string> }> = {
  staff: { include: new Set(), exclude: new Set(['partner-only']) },
  partner: { include: new Set(['partner']), exclude: new Set(['staff-only']) },
};

type Parts = Parameters<typeof composeSchemaContract>[0];

/** Composes both graphs from the services' SDL. Throws with all composition errors together. */
export function composeGraphs(): Record<GraphName, string> {
  const parts = subgraphs.map(({ name, routing }) => ({
    name,
    url: routing,
    typeDefs: gql(readServiceSdl(name, join(services, name, 'src'))),
  }));
  refuse('The services do not compose', composeServices(parts).errors ?? []);
  return { staff: compose('staff', parts), partner: compose('partner', parts) };
}

function compose(graph: GraphName, parts: Parts): string {
  const { include, exclude } = tagsOf[graph];
  const composed = composeSchemaContract(parts, { include, exclude }, true);
  refuse(`The ${graph} graph does not compose`, composed.errors ?? []);
  if (!composed.supergraphSdl) throw new Error(`The composition of the ${graph} graph gave no schema`);
  return `${composed.supergraphSdl.trim()}\n`;
}

function refuse(what: string, errors: readonly { message: string }[]): void {
  if (errors.length === 0) return;
  throw new Error([`${what}:`, ...errors.map((error) => `  ${error.message}`)].join('\n'));
}

/**
 * Writes both supergraphs, which are not committed, and both contracts, which are. `--check` compares the contracts with
 * the committed ones and leaves them alone. `--supergraphs` writes the supergraphs only.
 */
function main(args: readonly string[]): void {
  const stale = Object.entries(composeGraphs()).filter(([name, supergraph]) => {
    const graph = name as GraphName;
    put(composedFile(graph), supergraph);
    if (args.includes('--supergraphs')) return false;
    const contract = contractOf(graph, supergraph);
    if (contract === committedContract(graph)) return false;
    if (!args.includes('--check')) put(contractFile(graph), contract);
    return true;
  });
  tell(
    stale.map(([graph]) => `gateway/schema/${graph}.graphql`),
    args,
  );
}

function tell(stale: readonly string[], args: readonly string[]): void {
  if (args.includes('--check') && stale.length > 0) {
    console.error(
      `not what the services compose to: ${stale.join(', ')}. Run "npm run compose" and commit it.`,
    );
    process.exitCode = 1;
    return;
  }
  const contracts =
    stale.length === 0 ? 'the committed contracts are up to date' : `written: ${stale.join(', ')}`;
  console.log(args.includes('--supergraphs') ? 'both supergraphs are written' : contracts);
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
