import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const LAST_SERVER_LEAVES_WITHIN_MS = 5000;

/**
 * A server that was killed leaves its pid file. PostgreSQL ignores it only while no process has that number,
 * and numbers are used again (at once in a fresh container), so the process itself is asked for its name.
 */
export async function refuseSecondServer(directory: string): Promise<void> {
  const deadline = Date.now() + LAST_SERVER_LEAVES_WITHIN_MS;
  for (;;) {
    const pid = await recordedPid(directory);
    if (pid === undefined) return;
    if (!isPostgres(pid)) {
      await rm(join(directory, 'postmaster.pid'), { force: true });
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL already runs on ${directory} (process ${pid}): stop the other start first, or use another data directory`,
      );
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** The process that the data directory says serves it. */
export async function recordedPid(directory: string): Promise<number | undefined> {
  const content = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(content.split('\n')[0]);
  return pid > 0 ? pid : undefined;
}

function isPostgres(pid: number): boolean {
  try {
    const name = execFileSync('ps', ['-p', String(pid), '-o', 'comm='], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return name.toString().includes('postgres');
  } catch {
    return false;
  }
}
