import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isOpenToAll, type User } from './unprivileged.ts';

/** Where the data is kept: `wanted`, or a fixed place that stands for it when the server's user cannot get there. */
export async function reachableDataDir(
  wanted: string,
  user: User | undefined,
  log: (line: string) => void,
): Promise<string> {
  await mkdir(wanted, { recursive: true, mode: 0o755 });
  if (!user || (await isOpenToAll(join(wanted, '..')))) return wanted;

  const stand = join('/var/lib/throughline', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  await mkdir(stand, { recursive: true, mode: 0o755 });
  log(`PostgreSQL cannot reach ${wanted} as an unprivileged user; its data is in ${stand}`);
  return stand;
}
