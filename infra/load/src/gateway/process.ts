import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';

export interface Served {
  url: string;
  /** Seconds of CPU that the process and its children have had so far. */
  cpuSeconds(): number;
  residentMb(): number;
  ask(): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Command {
  args: readonly string[];
  env?: Record<string, string>;
  core: number;
  /** Where it listens, for a program that does not tell. */
  url?: string;
}

const ticksPerSecond = 100;
const pageBytes = 4096;

/** Keeps this program, all of its threads, off the other cores. */
export function stayOn(core: number): void {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)]);
}

/** Starts a program on one core and waits until it answers. */
export async function serve({ args, env, core, url }: Command): Promise<Served> {
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const address = url ?? (await told<{ url: string }>(child)).url;
  if (url) await answering(url, child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`Could not start ${args.join(' ')}`);
  return {
    url: address,
    cpuSeconds: () => familyOf(pid).reduce((sum, member) => sum + cpuOf(member), 0),
    residentMb: () => familyOf(pid).reduce((sum, member) => sum + residentOf(member), 0),
    ask: () => {
      const answer = told(child);
      child.send('?');
      return answer;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function told<Message>(child: ChildProcess): Promise<Message> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The program ended by itself');
  });
  ended.catch(() => undefined);
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Message];
    return message;
  } finally {
    waiting.abort();
  }
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 240 && child.exitCode === null; attempt += 1) {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json' };
    const found = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
    if (found?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Nothing answers at ${url}`);
}

/** The process and all its children. */
function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1]) }));
  const family = [pid];
  for (const member of family)
    family.push(...parents.filter(({ parent }) => parent === member).map((found) => found.pid));
  return family;
}

function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / ticksPerSecond;
}

function residentOf(pid: number): number {
  return (Number(statOf(pid)[21] ?? 0) * pageBytes) / 1e6;
}

/** What follows the name in /proc/<pid>/stat. */
function statOf(pid: number): string[] {
  try {
    return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
  } catch {
    return [];
  }
}
