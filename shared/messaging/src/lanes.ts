import type { Message } from './transport.ts';

export interface Lanes {
  /** How many keys at the same time. */
  width: number;
  deliver: (message: Message) => Promise<void>;
  /** Hears of each index, in order, when it and all before it are through. */
  done?: (index: number) => Promise<void> | void;
}

/**
 * Delivers messages at the same time, but those of one key one after the other.
 * Stops at the first failure and rejects with it, after what is under way.
 */
export async function deliverInLanes(
  messages: readonly Message[],
  { width, deliver, done = () => undefined }: Lanes,
): Promise<void> {
  const lanes = lanesOf(messages);
  const finished = new Set<number>();
  const failures: unknown[] = [];
  let next = 0;

  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      for (const [index, message] of lane) {
        if (failures.length > 0) return;
        await deliver(message);
        finished.add(index);
        while (finished.delete(next)) await done(next++);
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, lanes.length) }, () =>
    work().catch((error: unknown) => failures.push(error)),
  );
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
}

type Lane = [index: number, message: Message][];

function lanesOf(messages: readonly Message[]): Lane[] {
  const lanes = new Map<string, Lane>();
  messages.forEach((message, index) => {
    const name = `${message.topic}/${message.key}`;
    const lane = lanes.get(name);
    if (lane) lane.push([index, message]);
    else lanes.set(name, [[index, message]]);
  });
  return [...lanes.values()];
}
