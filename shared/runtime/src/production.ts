import { z } from 'zod';

/** Fault of a value with NODE_ENV=production, or null. */
type Refuse = (value: never) => string | null;

const rules = z.registry<{ refuse: Refuse }>();

/** Adds a rule that holds with NODE_ENV=production only. Put it around the whole setting, its default included. */
export function inProduction<Schema extends z.ZodType>(
  schema: Schema,
  refuse: (value: z.output<Schema>) => string | null,
): Schema {
  rules.add(schema, { refuse });
  return schema;
}

/** Fault of the value of a setting in production. */
export function productionFault(schema: z.ZodType, value: unknown): string | null {
  return rules.get(schema)?.refuse(value as never) ?? null;
}

/** An address that decides who may sign in: its answers must be protected in transit. */
export function mustBeHttpsElsewhere(url: string | undefined): string | null {
  if (url === undefined) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' && !isThisMachine(hostname)) return null;
  return `${url} is for development: with NODE_ENV=production it must be an https address of another machine`;
}

function isThisMachine(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/.test(hostname);
}

/** Passwords that this repository has published, in examples or as defaults of local work. */
const publishedPasswords = /^(change-me.*|local-(owner|app|counseling)|password|postgres|throughline)?$/;

/** A password that everybody can read in the repository, or none. */
function isPublishedPassword(password: string): boolean {
  return publishedPasswords.test(password);
}

/** A password of a database role. */
export function mustBeOwnPassword(password: string): string | null {
  if (!isPublishedPassword(password)) return null;
  return 'is one of the examples: with NODE_ENV=production set one of your own (npm run secrets)';
}

/** The address of a database, which may carry no published password. */
export function mustHaveOwnPassword(databaseUrl: string): string | null {
  const { password, searchParams } = new URL(databaseUrl);
  const byCertificate = searchParams.has('sslcert');
  if (byCertificate || !isPublishedPassword(decodeURIComponent(password))) return null;
  return 'has no password, or one of the examples: with NODE_ENV=production set one of your own (npm run secrets)';
}
