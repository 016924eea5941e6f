import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newKeyPair } from '@throughline/runtime';
import type { BenchOperation } from './operations.ts';
import { serve, type Served } from './process.ts';

/** What every contestant is started from. */
export interface Ground {
  subgraphs: string;
  issuer: { url: string; keysUrl: string };
  supergraphFile: string;
  manifestFile: string;
  /** Folder with node_modules/@graphql-hive, or null: its rows are left out. */
  hiveFolder: string | null;
  answers: Record<string, string>;
}

export interface Contestant {
  name: string;
  start: (ground: Ground) => Promise<Served>;
  /** How it wants to be asked. */
  body: (operation: BenchOperation, n: number, id: string) => unknown;
}

const gatewayCore = 1;
const script = (name: string): string => join(import.meta.dirname, name);
const whole: Contestant['body'] = ({ query, operationName, variables }, n) => ({
  query,
  operationName,
  variables: variables(n),
});
const byId: Contestant['body'] = ({ operationName, variables }, n, id) => ({
  documentId: id,
  operationName,
  variables: variables(n),
});

function ours(settings: Record<string, string>): Contestant['start'] {
  return ({ subgraphs, issuer, manifestFile }) =>
    serve({
      args: [script('serve-ours.ts')],
      core: gatewayCore,
      env: {
        STAFF_PORT: '0',
        PARTNER_PORT: '0',
        CLIENTS_URL: `${subgraphs}/clients`,
        TREATMENT_URL: `${subgraphs}/treatment`,
        REFERRALS_URL: `${subgraphs}/referrals`,
        NOTIFICATIONS_URL: `${subgraphs}/notifications`,
        VIEWER_PRIVATE_KEY: newKeyPair().privateKey,
        OIDC_ISSUER: issuer.url,
        OIDC_JWKS_URL: issuer.keysUrl,
        OPERATION_MANIFEST: manifestFile,
        // Fifty people send what thousands would: the limit is asked each time and not reached.
        COST_PER_MINUTE_STAFF: '1000000000',
        ...settings,
      },
    });
}

function hive(port: number, ...flags: string[]): Contestant['start'] {
  return ({ hiveFolder, supergraphFile }) => {
    const bin = join(hiveFolder ?? '', 'node_modules/@graphql-hive/gateway/dist/bin.js');
    return serve({
      args: [bin, 'supergraph', supergraphFile, '--port', String(port), '--polling', '1h', ...flags],
      core: gatewayCore,
      url: `http://localhost:${port}/graphql`,
    });
  };
}

const own: readonly Contestant[] = [
  {
    name: 'stock @apollo/gateway',
    body: whole,
    start: ({ supergraphFile }) =>
      serve({
        args: [script('serve-stock.ts')],
        core: gatewayCore,
        env: { SUPERGRAPH: supergraphFile, APOLLO_TELEMETRY_DISABLED: 'true' },
      }),
  },
  { name: 'ours', body: whole, start: ours({}) },
  { name: 'ours, persisted', body: byId, start: ours({}) },
  { name: 'ours, no single flight', body: whole, start: ours({ SINGLE_FLIGHT: 'off' }) },
  { name: 'ours, persisted, no single flight', body: byId, start: ours({ SINGLE_FLIGHT: 'off' }) },
];

const others: readonly Contestant[] = [
  { name: 'Hive Gateway --jit', body: whole, start: hive(4801, '--jit') },
  { name: 'Hive Gateway, Rust planner', body: whole, start: hive(4802, '--hive-router-runtime') },
];

const bare: Contestant = {
  name: 'bare node http',
  body: whole,
  start: ({ answers }) =>
    serve({
      args: [script('serve-bare.ts')],
      core: gatewayCore,
      env: { ANSWERS: JSON.stringify(answers) },
    }),
};

/** All that can be started here. */
export function contestants(hiveFolder: string | null): readonly Contestant[] {
  return [...own, ...(hiveFolder ? others : []), bare];
}

/** The version of Hive Gateway in the folder; throws when it is not there. */
export function hiveVersion(folder: string): string {
  const file = join(folder, 'node_modules/@graphql-hive/gateway/package.json');
  if (!existsSync(file)) throw new Error(`There is no @graphql-hive/gateway in ${folder}`);
  return (createRequire(import.meta.url)(file) as { version: string }).version;
}
