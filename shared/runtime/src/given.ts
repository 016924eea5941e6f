import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Given {
  /** The settings that are set; an empty one counts as not set. */
  set: Record<string, string>;
  faults: string[];
}

const withPassword = z.registry<{ isDatabaseUrl: true }>();

/**
 * Marks the address of a database, whose password may come in a setting of its own: DATABASE_URL and DATABASE_PASSWORD.
 * Put it around the whole setting, its default included.
 */
export function databaseAddress<Schema extends z.ZodType>(schema: Schema): Schema {
  withPassword.add(schema, { isDatabaseUrl: true });
  return schema;
}

/** The setting that holds the password for an address, for example DATABASE_PASSWORD for DATABASE_URL. */
export function passwordSettingOf(setting: string, schema: z.ZodType): string | null {
  return withPassword.has(schema) ? setting.replace(/_URL$/, '_PASSWORD') : null;
}

/**
 * The settings of a program, as its environment gives them: each one as it stands, or as the content of the file that
 * `<SETTING>_FILE` names (a secret that a container engine mounts), and the password of a database put into its address.
 */
export function givenTo({ shape }: z.ZodObject, env: Environment): Given {
  const given: Given = { set: {}, faults: [] };
  for (const [setting, schema] of Object.entries(shape)) {
    const password = passwordSettingOf(setting, schema as z.ZodType);
    for (const name of password === null ? [setting] : [setting, password]) read(name, env, given);
    if (password !== null) putIn(given, { setting, password });
  }
  if (env.NODE_ENV) given.set.NODE_ENV = env.NODE_ENV;
  return given;
}

function read(setting: string, env: Environment, { set, faults }: Given): void {
  const value = env[setting] ?? '';
  const file = env[`${setting}_FILE`] ?? '';
  if (value !== '' && file !== '')
    faults.push(`${setting}: is set twice, also by ${setting}_FILE: remove one`);
  if (value !== '') set[setting] = value;
  else if (file !== '') readSecret(setting, file, { set, faults });
}

function readSecret(setting: string, file: string, { set, faults }: Given): void {
  try {
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (content === '') faults.push(`${setting}_FILE: the file ${file} is empty`);
    else set[setting] = content;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    faults.push(`${setting}_FILE: the file ${file} cannot be read (${code})`);
  }
}

/** A password may have any characters; in an address they would need escapes. */
function putIn({ set, faults }: Given, names: { setting: string; password: string }): void {
  const password = set[names.password];
  const address = URL.parse(set[names.setting] ?? '');
  if (password === undefined || address === null) return;
  if (address.password !== '') faults.push(`${names.password}: ${names.setting} has a password already`);
  address.password = encodeURIComponent(password);
  set[names.setting] = address.href;
}
