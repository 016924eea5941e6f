import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort } from '@throughline/runtime/local-machine';
import { eventually } from '@throughline/testing';
import { Balancer } from './balancer.ts';

const root = join(import.meta.dirname, '../../../..');
/** As `preStop` of the chart, where it is five seconds. */
const FORGET_MS = 1_000;
const GRACE_MS = 30_000;

export interface Copy {
  child: Child;
  port: number;
}

/** Settings of one copy that listens at this port. */
export type Settings = (port: number) => Promise<NodeJS.ProcessEnv>;

/** The copies of one program behind one address. */
export class Copies {
  readonly balancer: Balancer;
  /** Exit codes of the copies that were asked to leave. */
  readonly left: (number | null)[] = [];
  readonly #main: string;
  readonly #settings: Settings;
  readonly #copies: Copy[] = [];

  private constructor(main: string, settings: Settings, balancer: Balancer) {
    this.#main = main;
    this.#settings = settings;
    this.balancer = balancer;
  }

  static async of(main: string, settings: Settings): Promise<Copies> {
    return new Copies(main, settings, await Balancer.open());
  }

  get copies(): readonly Copy[] {
    return this.#copies;
  }

  /** Starts one more copy; resolves when it answers and hears facts. */
  async grow(): Promise<void> {
    const port = await freePort();
    const lines: string[] = [];
    const child = startChild(process.execPath, [join(root, this.#main)], {
      stopSignal: 'TERM',
      log: (line) => void lines.push(line),
      env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...(await this.#settings(port)) },
    });
    await eventually(async () => {
      if (!child.isRunning()) throw new Error(`${this.#main} has ended:\n${lines.join('\n')}`);
      const health = await (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).text();
      if (!health.includes('"status":"ready"')) throw new Error(`${this.#main}: ${health}`);
    });
    this.#copies.push({ child, port });
    this.balancer.add(port);
  }

  /** As the chart does it: a new copy answers before an old one is forgotten, and then asked to leave. */
  async restart(): Promise<void> {
    for (const old of [...this.#copies]) {
      await this.grow();
      await this.#dismiss(old);
    }
  }

  /** As a crash; after `backAfterMs` another copy starts. */
  async kill(backAfterMs: number): Promise<void> {
    const victim = this.#copies.shift();
    await victim?.child.kill();
    await pause(backAfterMs);
    await this.grow();
  }

  async close(): Promise<void> {
    this.balancer.close();
    await Promise.all(this.#copies.splice(0).map(({ child }) => child.stop(GRACE_MS)));
  }

  async #dismiss(copy: Copy): Promise<void> {
    this.balancer.forget(copy.port);
    this.#copies.splice(this.#copies.indexOf(copy), 1);
    await pause(FORGET_MS);
    await copy.child.stop(GRACE_MS);
    this.left.push(await copy.child.exited);
  }
}
