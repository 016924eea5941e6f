import { clientsConfig } from '@throughline/clients';
import { gatewayConfig } from '@throughline/gateway';
import { notificationsConfig } from '@throughline/notifications';
import { referralsConfig } from '@throughline/referrals';
import { CannotStart, type Environment } from '@throughline/runtime';
import { treatmentConfig } from '@throughline/treatment';
import type { z } from 'zod';

const schemas = {
  clients: clientsConfig,
  treatment: treatmentConfig,
  referrals: referralsConfig,
  notifications: notificationsConfig,
  gateway: gatewayConfig,
} as const satisfies Record<string, z.ZodObject>;

/** A program that `npm start` runs with settings of the environment. */
export type Program = keyof typeof schemas;

export const programs = Object.keys(schemas) as Program[];

/** Names of the settings that a program reads. */
export function settingsOf(program: Program): string[] {
  return Object.keys(schemas[program].shape);
}

/** What `npm start` decides itself, because it starts what these settings lead to. */
export const decidedHere: ReadonlySet<string> = new Set([
  'PORT',
  'DATABASE_URL',
  'COUNSELING_DATABASE_URL',
  'KAFKA_BROKERS',
  'VIEWER_PRIVATE_KEY',
  'VIEWER_PUBLIC_KEYS',
  'RELEASE_BASIS_PRIVATE_KEY',
  'RELEASE_BASIS_PUBLIC_KEYS',
  'CLIENTS_URL',
  'TREATMENT_URL',
  'REFERRALS_URL',
  'NOTIFICATIONS_URL',
  'OIDC_ISSUER',
  'OIDC_JWKS_URL',
]);

/**
 * The settings of the environment that a program gets from `npm start`, each as it stands or as the name of its file, and
 * NODE_ENV, which makes some of them stricter.
 */
export function passedOn(program: Program, env: Environment): Environment {
  const names = settingsOf(program)
    .filter((name) => !decidedHere.has(name))
    .flatMap((name) => [name, `${name}_FILE`]);
  const given = ['NODE_ENV', ...names].filter((name) => env[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, env[name]]));
}

function schemaOf(program: Program, setting: string): z.ZodType | undefined {
  return (schemas[program] as z.ZodObject<Record<string, z.ZodType>>).shape[setting];
}

/** Every fault of the settings that are passed on, so that a start ends before it has begun anything. */
export function refuseBadSettings(env: Environment): void {
  const faults = new Set(
    programs.flatMap((program) =>
      Object.entries(passedOn(program, env)).flatMap(([name, value]) => faultOf(program, name, value)),
    ),
  );
  if (faults.size > 0) throw new CannotStart([...faults].join('\n'));
}

function faultOf(program: Program, name: string, value: string | undefined): string[] {
  if (value === undefined || value === '') return [];
  const issues = schemaOf(program, name)?.safeParse(value).error?.issues ?? [];
  return issues.map(({ message }) => `${name}: ${message}`);
}
