import { join } from 'node:path';
import type { ServiceName } from '@throughline/local/infrastructure';
import type { Launch, ServiceSettings } from '@throughline/local/system';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort } from '@throughline/runtime/local-machine';
import { eventually } from '@throughline/testing';

const services = join(import.meta.dirname, '..', '..', 'services');

interface Program {
  child: Child;
  origin: string;
  lines: string[];
}

/** Services as in production: each its own main.ts in a process of its own, which can be killed and paused. */
export class Programs {
  readonly #programs = new Map<ServiceName, Program>();

  readonly launch: Launch = async (name, settings) => {
    const port = settings.PORT === '0' ? await freePort() : Number(settings.PORT);
    const origin = `http://127.0.0.1:${port}`;
    const program = { origin, ...start(name, { ...settings, PORT: String(port) }) };
    this.#programs.set(name, program);
    await isReady(program);
    return { name, url: `${origin}/graphql`, close: () => program.child.stop(10_000) };
  };

  /** SIGKILL; resolves when it is gone. */
  kill(name: ServiceName): Promise<void> {
    return this.#get(name).child.kill();
  }

  /** SIGSTOP. */
  pause(name: ServiceName): void {
    this.#get(name).child.pause();
  }

  /** SIGCONT; resolves when it does all of its work again. */
  async resume(name: ServiceName): Promise<void> {
    this.#get(name).child.resume();
    await isReady(this.#get(name));
  }

  #get(name: ServiceName): Program {
    const program = this.#programs.get(name);
    if (!program) throw new Error(`${name} was never started`);
    return program;
  }
}

function start(name: ServiceName, settings: ServiceSettings): Pick<Program, 'child' | 'lines'> {
  const lines: string[] = [];
  const child = startChild(process.execPath, [join(services, name, 'src/main.ts')], {
    stopSignal: 'TERM',
    log: (line) => void lines.push(line),
    env: { PATH: process.env.PATH, ...settings },
  });
  return { child, lines };
}

function isReady({ child, origin, lines }: Program): Promise<void> {
  return eventually(
    async () => {
      if (!child.isRunning()) throw new Error(`It has ended:\n${lines.join('\n')}`);
      const health = await (await fetch(`${origin}/readyz`)).text();
      // Degraded is not enough here: it answers, and does not yet hear facts.
      if (!health.includes('"status":"ready"')) throw new Error(health);
    },
    { timeoutMs: 60_000 },
  );
}
