import { execFileSync } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface User {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: the user it runs as instead, undefined when this is not root. */
export function serverUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;

  for (const name of ['postgres', 'nobody']) {
    const user = lookUp(name);
    if (user) return user;
  }
  throw new Error(
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody" to run it as: add one, or start this as a normal user',
  );
}

function lookUp(name: string): User | undefined {
  try {
    const ask = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    const user = { uid: ask('-u'), gid: ask('-g') };
    return user.uid > 0 && user.gid > 0 ? user : undefined;
  } catch {
    return undefined;
  }
}

/** Whether any user may walk down to this path; root's home usually forbids it. */
export async function isOpenToAll(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path ? true : await isOpenToAll(parent);
}

/** Hands a directory to the server's user. */
export async function giveTo(user: User | undefined, path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  if (user) await chown(path, user.uid, user.gid);
}
