import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface BareLoop {
  brokers: string[];
  /** Holds at least so many messages of the relay; the loop sends to it too. */
  topic: string;
  count: number;
}

/** Messages per second of kafkajs as it is published: in a process of its own, which nobody has patched. */
export async function runBareLoop(loop: BareLoop): Promise<[bare: number, same: number]> {
  const program = join(import.meta.dirname, 'bare-loop-process.ts');
  const child = fork(program, [JSON.stringify(loop)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [rates] = (await once(child, 'message')) as [[number, number]];
  child.disconnect();
  return rates;
}
