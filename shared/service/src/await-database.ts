import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart, pgTimeouts, usualTimeouts, type Logger } from '@throughline/runtime';
import pg from 'pg';

export interface AwaitDatabaseOptions {
  /** The setting that holds the address, for the sentence. */
  setting: string;
  /** How long to try, in milliseconds. The first attempt is made in any case. */
  waitMs: number;
  /** Is called for each failed attempt that will be repeated. */
  retrying: (about: { attempt: number; code: string }) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Resolves when the database answers. What may pass by itself (no answer, a server that is starting, no free
 * connection) is tried again, with one line per attempt, for `waitMs`. A wrong password, an unknown database and
 * refused TLS do not pass by themselves. Both ends are CannotStart, one sentence without the password.
 */
export async function awaitDatabase(
  url: string,
  { setting, waitMs, retrying }: AwaitDatabaseOptions,
): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await failureOf(url);
    if (failure === null) return;
    const mistake = mistakeOf(failure, { setting, place: placeOf(url) });
    if (mistake !== null) throw new CannotStart(mistake);
    const code = codeOf(failure);
    if (Date.now() >= deadline) {
      throw new CannotStart(
        `No database answers at ${placeOf(url)} (${code}), after ${waitMs / 1000} s: start it, or correct ${setting}.`,
      );
    }
    retrying({ attempt, code });
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS, deadline - Date.now()));
  }
}

/** Writes one line per attempt into the log of a service. */
export function notYet(logger: Logger): AwaitDatabaseOptions['retrying'] {
  return (about) => logger.warn(about, 'the database does not answer yet');
}

type Failure = Error & { code?: string };

async function failureOf(url: string): Promise<Failure | null> {
  try {
    const client = new pg.Client({ connectionString: url, ...pgTimeouts(usualTimeouts) });
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return error as Failure;
  }
}

function codeOf({ code, message }: Failure): string {
  return code ?? (/timeout/i.test(message) ? 'ETIMEDOUT' : 'no answer of a database');
}

/** Codes of OpenSSL for certificates that are not trusted. */
const certificateCode = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/;

function mistakeOf(failure: Failure, { setting, place }: { setting: string; place: string }): string | null {
  const { code = '', message } = failure;
  if (code === 'ENOENT' || code === 'EACCES')
    return `A file that ${setting} names cannot be read: correct the path.`;
  if (message.includes('does not support SSL'))
    return `The database at ${place} does not speak TLS: leave sslmode out of ${setting}, or switch TLS on there.`;
  if (certificateCode.test(code))
    return `The certificate of the database at ${place} is not trusted (${code}): give its authority by sslrootcert in ${setting}.`;
  if (code === '28000' && message.includes('no encryption'))
    return `The database at ${place} takes TLS only: add sslmode=verify-full to ${setting}.`;
  if (code === '28P01' || code === '28000')
    return `The database at ${place} refuses the role or its password: correct ${setting}.`;
  if (code === '3D000')
    return `There is no database ${place}: run the migration step first, or correct ${setting}.`;
  if (code === '42501') return `The role may not use the database ${place}: correct ${setting}.`;
  return null;
}

/** Host, port and database; never the role or the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
