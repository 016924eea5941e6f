import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsConfig } from '@throughline/clients';
import { gatewayConfig } from '@throughline/gateway';
import { notificationsConfig } from '@throughline/notifications';
import { referralsConfig } from '@throughline/referrals';
import { readConfig } from '@throughline/runtime';
import { signInConfig } from '@throughline/sign-in';
import { treatmentConfig } from '@throughline/treatment';
import { parse } from 'yaml';
import type { z } from 'zod';

interface Compose {
  services: Record<string, { environment?: Record<string, string | number> }>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const example = readFileSync(join(root, '.env.example'), 'utf8');
const settings = new Map(
  [...example.matchAll(/^([A-Z_0-9]+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
);
const documented = new Set([...example.matchAll(/^#?([A-Z_0-9]+)=/gm)].map(([, name]) => name));

const programs: [string, z.ZodObject][] = [
  ['clients', clientsConfig],
  ['treatment', treatmentConfig],
  ['referrals', referralsConfig],
  ['notifications', notificationsConfig],
  ['gateway', gatewayConfig],
  ['sign-in', signInConfig],
];

/** What docker compose hands to the program with .env.example as its .env. */
function environmentOf(program: string): Record<string, string> {
  const entries = Object.entries(compose.services[program]?.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, substitute(String(value))]));
}

function substitute(value: string): string {
  return value.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_all, name: string, otherwise?: string) => settings.get(name) ?? otherwise ?? '',
  );
}

describe('docker-compose.yml', () => {
  it.each(programs)('gives %s every setting that it requires', (program, schema) => {
    expect(() => readConfig(schema, environmentOf(program))).not.toThrow();
  });

  it.each(programs)('sets nothing that %s does not know', (program, schema) => {
    const unknown = Object.keys(environmentOf(program)).filter(
      (name) => !(name in schema.shape) && name !== 'NODE_ENV',
    );
    expect(unknown).toEqual([]);
  });

  it('publishes the gateway and the demonstration sign-in, and no service', () => {
    const published = Object.entries(compose.services).filter(([, service]) => 'ports' in service);
    expect(published.map(([name]) => name)).toEqual(['gateway', 'sign-in']);
  });
});

describe('.env.example', () => {
  it.each(programs)('documents every setting of %s', (_program, schema) => {
    expect(Object.keys(schema.shape).filter((name) => !documented.has(name))).toEqual([]);
  });
});
