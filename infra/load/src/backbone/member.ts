import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Place } from './ground.ts';

export interface MemberPart {
  service: string;
  databaseUrl: string;
  place: Place;
  /** Reacts to facts. */
  hears: boolean;
  /** Runs jobs. */
  works: boolean;
}

/** A process of a service, of which several may run. */
export class Member {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when it has started. */
  static async start(part: MemberPart): Promise<Member> {
    const program = join(import.meta.dirname, 'member-process.ts');
    const child = fork(program, [JSON.stringify(part)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new Member(child);
  }

  /** Processor time since its start, in milliseconds. */
  async cpuMs(): Promise<number> {
    this.#child.send('cpu');
    const [used] = (await once(this.#child, 'message')) as [NodeJS.CpuUsage];
    return (used.user + used.system) / 1000;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
