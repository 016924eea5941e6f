import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { composeSchemaContract } from '@theguild/federation-composition';
import { readServiceSdl } from '@throughline/service/sdl';
import { buildSchema } from 'graphql';
import { gql } from 'graphql-tag';
import { committedContract, contractFile, contractOf } from './contract/api-schema.ts';
import { lintSchema } from './contract/lint-schema.ts';
import { subgraphs } from './subgraphs.ts';
import { composedFile, graphNames, type GraphName } from './supergraph/composed.ts';

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

/** Both contracts. Throws with every fault that a front-end team would meet. */
function contractsOf(supergraphs: Record<GraphName, string>): Record<GraphName, string> {
  const contracts = {
    staff: contractOf('staff', supergraphs.staff),
    partner: contractOf('partner', supergraphs.partner),
  };
  const faults = Object.values(contracts).flatMap((contract) => lintSchema(buildSchema(contract)));
  refuse(
    'The contract has faults',
    [...new Set(faults)].map((message) => ({ message })),
  );
  return contracts;
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
  const supergraphs = composeGraphs();
  for (const graph of graphNames) put(composedFile(graph), supergraphs[graph]);
  if (args.includes('--supergraphs')) {
    console.log('both supergraphs are written');
    return;
  }
  const contracts = contractsOf(supergraphs);
  const stale = graphNames.filter((graph) => contracts[graph] !== committedContract(graph));
  const onlyChecks = args.includes('--check');
  if (!onlyChecks) for (const graph of stale) put(contractFile(graph), contracts[graph]);
  tell(
    stale.map((graph) => `gateway/schema/${graph}.graphql`),
    onlyChecks,
  );
}

function tell(stale: readonly string[], onlyChecks: boolean): void {
  if (onlyChecks && stale.length > 0) {
    console.error(
      `not what the services compose to: ${stale.join(', ')}. Run "npm run compose" and commit it.`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(stale.length === 0 ? 'the committed contracts are up to date' : `written: ${stale.join(', ')}`);
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (process.argv[1] === import.meta.filename) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
