import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { composeSchemaContract } from '@theguild/federation-composition';
import { readServiceSdl } from '@throughline/service/sdl';
import { gql } from 'graphql-tag';
import { subgraphs } from './subgraphs.ts';

const here = join(import.meta.dirname, '..');
const services = join(here, '..', 'services');

/** Partners see what is tagged for them and nothing else; staff see all but what only partners may see. */
const contracts = {
  'supergraph.graphql': { include: new Set<string>(), exclude: new Set(['partner-only']) },
  'partner.supergraph.graphql': { include: new Set(['partner']), exclude: new Set<string>() },
} as const;

/** Composes both graphs from the services' SDL. Throws with all composition errors together. */
export function composeGraphs(): Record<keyof typeof contracts, string> {
  const parts = subgraphs.map(({ name, routing }) => ({
    name,
    url: routing,
    typeDefs: gql(readServiceSdl(name, join(services, name, 'src'))),
  }));
  refuse('The services do not compose', composeServices(parts).errors ?? []);

  return {
    'supergraph.graphql': contract('supergraph.graphql', parts),
    'partner.supergraph.graphql': contract('partner.supergraph.graphql', parts),
  };
}

function contract(file: keyof typeof contracts, parts: Parameters<typeof composeSchemaContract>[0]): string {
  const { include, exclude } = contracts[file];
  const composed = composeSchemaContract(parts, { include, exclude }, true);
  refuse(`${file} does not compose`, composed.errors ?? []);
  if (!composed.supergraphSdl) throw new Error(`${file}: the composition gave no schema`);
  return `${composed.supergraphSdl.trim()}\n`;
}

function refuse(what: string, errors: readonly { message: string }[]): void {
  if (errors.length === 0) return;
  throw new Error([`${what}:`, ...errors.map((error) => `  ${error.message}`)].join('\n'));
}

/** `--check` compares with the committed files, which are the reviewed contract, and writes nothing. */
function main(check: boolean): void {
  let stale = 0;
  for (const [file, sdl] of Object.entries(composeGraphs())) {
    const path = join(here, file);
    const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (committed === sdl) continue;
    stale += 1;
    if (check)
      console.error(`${file} is not what the services compose to: run "npm run compose" and commit it`);
    else writeFileSync(path, sdl);
  }
  if (check && stale > 0) process.exit(1);
  console.log(check ? 'both supergraphs are up to date' : `${stale} supergraph(s) written`);
}

if (process.argv[1] === import.meta.filename) main(process.argv.includes('--check'));
