import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  /** How this program is asked to finish its work and exit. */
  stopSignal: 'INT' | 'TERM';
  /** Each line that the program writes. */
  log: (line: string) => void;
  user?: { uid: number; gid: number } | undefined;
  /** The whole environment; this process's own when left out. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

export interface Child {
  isRunning(): boolean;
  /** Resolves with the exit code when the program has ended; null after a signal. */
  readonly exited: Promise<number | null>;
  /** Asks the program to stop; after `graceMs` it is killed. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
  /** Ends the program at once, as a crash would. */
  kill(): Promise<void>;
  /** Stops the program like a machine that hangs; its connections stay open. Not on Windows. */
  pause(): void;
  /** Lets it continue. */
  resume(): void;
}

/**
 * A parent that is killed cannot stop its children. So each child gets a shell that watches a pipe from the
 * parent: when the pipe closes, the shell signals the child.
 */
const WATCHED = `
signal=$1; shift
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
( read -r _ <&3; kill -"$signal" "$child" ) 2>/dev/null &
watcher=$!
exec 3<&-
wait "$child"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** Starts a program that ends with this process, even if this process is killed. */
export function startChild(command: string, args: string[], options: ChildOptions): Child {
  const child = spawnWatched(command, args, options);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', options.log);
  }
  child.stdin.on('error', () => undefined);

  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  exited.catch(() => undefined);

  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    if (isRunning()) signalGroup(child, 'SIGKILL');
    await exited;
  };
  const stop = async (graceMs: number) => {
    const timer = setTimeout(() => void kill(), graceMs);
    child.stdin.end();
    if (process.platform === 'win32') child.kill();
    await exited;
    clearTimeout(timer);
  };
  const pause = () => {
    signalGroup(child, 'SIGSTOP');
  };
  const resume = () => {
    signalGroup(child, 'SIGCONT');
  };
  return { isRunning, exited, stop, kill, pause, resume };
}

function spawnWatched(
  command: string,
  args: string[],
  options: ChildOptions,
): ChildProcessWithoutNullStreams {
  const settings = {
    ...(options.env && { env: options.env }),
    ...(options.cwd && { cwd: options.cwd }),
    ...(options.user && { uid: options.user.uid, gid: options.user.gid }),
  };
  if (process.platform === 'win32') return spawn(command, args, settings);

  // A separate process group: Ctrl+C reaches this process only, which then stops everything in order.
  return spawn('/bin/sh', ['-c', WATCHED, 'sh', options.stopSignal, command, ...args], {
    ...settings,
    detached: true,
  });
}

function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group ended between the question and the signal.
  }
}
