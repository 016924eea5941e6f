import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsConfig } from '@throughline/clients';
import { gatewayConfig } from '@throughline/gateway';
import { notificationsConfig } from '@throughline/notifications';
import { provisionConfig } from '@throughline/postgres';
import { referralsConfig } from '@throughline/referrals';
import { passwordSettingOf, readConfig } from '@throughline/runtime';
import { signInConfig } from '@throughline/sign-in';
import { treatmentConfig } from '@throughline/treatment';
import { parse } from 'yaml';
import type { z } from 'zod';
import { example, givenByExample } from './env-example.ts';
import { demonstrationConfig } from './load-demonstration.ts';
import { newSecrets } from './secrets.ts';

interface Compose {
  services: Record<string, { environment?: Record<string, string | number> }>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;

const programs: [string, z.ZodObject][] = [
  ['migrate', provisionConfig],
  ['clients', clientsConfig],
  ['treatment', treatmentConfig],
  ['referrals', referralsConfig],
  ['notifications', notificationsConfig],
  ['gateway', gatewayConfig],
];
const withSignIn: typeof programs = [
  ...programs,
  ['sign-in', signInConfig],
  ['demonstration-data', demonstrationConfig],
];

/** Not from .env: the image says where to listen, and keeps nothing. */
const ofImage = new Set(['LISTEN_HOST', 'DATA_DIR']);

/** Not settings of a program: how strict it is, and which one the image becomes. */
const ofCompose = new Set(['NODE_ENV', 'PROGRAM']);

const development: Record<string, string> = { ...givenByExample(), ...newSecrets(), NODE_ENV: 'development' };
const production: Record<string, string> = {
  ...{ ...givenByExample(), ...newSecrets(), NODE_ENV: 'production' },
  ...{ OIDC_ISSUER: 'https://id.example.org', PROGRAM_ID: '0199a7f0-0000-7000-8000-000000000009' },
};

/** What docker compose hands to the program with this .env; throws where it refuses to start. */
function environmentOf(program: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(compose.services[program]?.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, substitute(String(value), env)]));
}

function substitute(value: string, env: Readonly<Record<string, string>>): string {
  return value.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_all, name: string, how?: string, more = '') => {
      const given = env[name] ?? '';
      if (given === '' && how === '?') throw new Error(`${name}: ${String(more)}`);
      return given === '' && how === '-' ? String(more) : given;
    },
  );
}

describe('docker-compose.yml', () => {
  it.each(withSignIn)(
    'starts %s for the demonstration, with the secrets of npm run secrets',
    (program, schema) => {
      expect(() => readConfig(schema, environmentOf(program, development))).not.toThrow();
    },
  );

  it.each(programs)(
    'starts %s for production, with an issuer and a program of its own',
    (program, schema) => {
      expect(() => readConfig(schema, environmentOf(program, production))).not.toThrow();
    },
  );

  it.each([
    ['migrate', provisionConfig, { POSTGRES_OWNER_PASSWORD: 'change-me-owner' }, 'POSTGRES_OWNER_PASSWORD'],
    ['clients', clientsConfig, { POSTGRES_APP_PASSWORD: 'change-me-app' }, 'DATABASE_URL'],
    ['clients', clientsConfig, { PROGRAM_ID: development.PROGRAM_ID ?? '' }, 'PROGRAM_ID'],
    ['referrals', referralsConfig, { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' }, 'WEBHOOK_ALLOWED_HOSTS'],
    ['gateway', gatewayConfig, { OIDC_ISSUER: 'http://localhost:4200' }, 'OIDC_ISSUER'],
    ['gateway', gatewayConfig, { OIDC_JWKS_URL: 'http://sign-in:4200/jwks' }, 'OIDC_JWKS_URL'],
    ['gateway', gatewayConfig, { QUERY_PAGE: 'on' }, 'QUERY_PAGE'],
  ] as [string, z.ZodObject, Record<string, string>, string][])(
    'refuses for production to start %s with %p',
    (program, schema, change, setting) => {
      expect(() => readConfig(schema, environmentOf(program, { ...production, ...change }))).toThrow(
        new RegExp(`has 1 fault.*\\n  ${setting}: `),
      );
    },
  );

  it.each(Object.keys(newSecrets()))('starts nothing without %s', (secret) => {
    const without = { ...production, [secret]: '' };
    const all = Object.keys(compose.services);
    expect(() => all.map((service) => environmentOf(service, without))).toThrow(`${secret}: set it in .env`);
  });

  it.each(withSignIn)('sets exactly the settings of %s', (program, schema) => {
    const set = Object.keys(environmentOf(program, development)).filter((name) => !ofCompose.has(name));
    expect(set.sort()).toEqual(
      Object.entries(schema.shape)
        .flatMap(([name, setting]) => [name, passwordSettingOf(name, setting as z.ZodType) ?? name])
        .filter((name, index, all) => !ofImage.has(name) && all.indexOf(name) === index)
        .sort(),
    );
  });

  it('hands each private key to one program, and the demonstration the key of the gateway', () => {
    const holders = Object.keys(newSecrets())
      .filter((name) => name.endsWith('_PRIVATE_KEY'))
      .map((name) => [name, withSignIn.filter(([, { shape }]) => name in shape).map(([program]) => program)]);
    expect(holders).toEqual([
      ['VIEWER_PRIVATE_KEY', ['gateway', 'demonstration-data']],
      ['RELEASE_BASIS_PRIVATE_KEY', ['referrals']],
    ]);
  });

  it('publishes the gateway and the demonstration sign-in, and no service', () => {
    const published = Object.entries(compose.services).filter(([, service]) => 'ports' in service);
    expect(published.map(([name]) => name)).toEqual(['gateway', 'sign-in']);
  });
});

describe('.env.example', () => {
  it('holds no secret: what npm run secrets prints is empty there', () => {
    const given = example().filter(({ name, value }) => name in newSecrets() && value !== '');
    expect(given).toEqual([]);
  });
});
