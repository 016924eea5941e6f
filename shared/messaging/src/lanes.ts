import type { Message } from './transport.ts';

/**
 * Delivers messages at the same time, but those of one key one after the other. `done` hears of each index when it
 * and all before it are through. Stops at the first failure and rejects with it, after what is under way.
 */
export async function deliverInLanes(
  messages: readonly Message[],
  width: number,
  deliver: (message: Message) => Promise<void>,
  done: (index: number) => Promise<void> | void = () => undefined,
): Promise<void> {
  const lanes = lanesOf(messages);
  const finished = new Set<number>();
  let next = 0;
  let failure: { error: unknown } | undefined;

  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane && !failure; lane = lanes.shift()) {
      for (const index of lane) {
        if (failure) return;
        await deliver(messages[index] as Message);
        finished.add(index);
        while (finished.delete(next)) await done(next++);
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, lanes.length) }, () =>
    work().catch((error: unknown) => void (failure ??= { error })),
  );
  await Promise.all(workers);
  if (failure) throw failure.error;
}

function lanesOf(messages: readonly Message[]): number[][] {
  const lanes = new Map<string, number[]>();
  messages.forEach(({ topic, key }, index) => {
    const name = `${topic}/${key}`;
    const lane = lanes.get(name);
    if (lane) lane.push(index);
    else lanes.set(name, [index]);
  });
  return [...lanes.values()];
}
