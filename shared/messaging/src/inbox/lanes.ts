import type { Message, Together } from '../transport.ts';

const MOST_TOGETHER = 50;

export interface Lanes {
  /** Number of keys at the same time. */
  width: number;
  deliver: (message: Message) => Promise<void>;
  together?: Together | undefined;
  /** Is called for each index, in order, when it and all earlier ones are done. */
  done?: (index: number) => Promise<void> | void;
}

/**
 * Delivers messages in parallel, but messages of one key one after the other. Keys whose messages may be
 * handled together share lanes, in which many are delivered at once. Stops at the first failure and rejects
 * with it, after running deliveries.
 */
export async function deliverInLanes(messages: readonly Message[], options: Lanes): Promise<void> {
  const { width, deliver, together, done = () => undefined } = options;
  const lanes = lanesOf(messages, options);
  const finished = new Set<number>();
  const failures: unknown[] = [];
  let next = 0;

  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      for (const step of lane) {
        if (failures.length > 0) return;
        await deliverStep(step, deliver, together);
        for (const [index] of step) finished.add(index);
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

type Place = [index: number, message: Message];
/** Messages that are delivered together. */
type Step = Place[];
type Lane = Step[];

function lanesOf(messages: readonly Message[], { width, together }: Lanes): Lane[] {
  const places = messages.map((message, index): Place => [index, message]);
  const keys = [...Map.groupBy(places, ([, { topic, key }]) => `${topic}/${key}`).values()];
  const alone = (key: Place[]): boolean => !together || key.some(([, message]) => !together.fits(message));
  const lanes = keys.filter(alone).map((key) => key.map((place) => [place]));
  return [
    ...sharedLanes(
      keys.filter((key) => !alone(key)),
      width,
    ),
    ...lanes,
  ];
}

/** As many lanes as they fill, each with its own keys. */
function sharedLanes(keys: readonly Place[][], width: number): Lane[] {
  const count = Math.min(width, Math.ceil(keys.flat().length / MOST_TOGETHER));
  return Array.from({ length: count }, (_, lane) => {
    const own = keys.filter((_key, n) => n % count === lane).flat();
    return stepsOf(own.toSorted(([a], [b]) => a - b));
  });
}

function stepsOf(places: readonly Place[]): Step[] {
  const count = Math.ceil(places.length / MOST_TOGETHER);
  return Array.from({ length: count }, (_, n) => places.slice(n * MOST_TOGETHER, (n + 1) * MOST_TOGETHER));
}

function deliverStep(step: Step, deliver: Lanes['deliver'], together: Together | undefined): Promise<void> {
  const [first, ...more] = step.map(([, message]) => message);
  if (!first) return Promise.resolve();
  return together && more.length > 0 ? together.deliver([first, ...more]) : deliver(first);
}
