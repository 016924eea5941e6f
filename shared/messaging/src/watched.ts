import type { Meters } from './meters.ts';
import type { Reaction } from './reaction.ts';
import type { Message, Publisher } from './transport.ts';

/** The same publisher, measured. */
export function watchedPublisher(publisher: Publisher, meters: Meters): Publisher {
  return {
    send: (messages) =>
      timed(
        () => publisher.send(messages),
        (...told) => meters.sent(messages, ...told),
      ),
    close: () => publisher.close(),
  };
}

/** The same reaction, measured. */
export function watchedReaction(reaction: Reaction, meters: Meters): Reaction {
  return {
    ...reaction,
    run: (tx, message: Message) =>
      timed(
        () => reaction.run(tx, message),
        (...told) => meters.processed(message, ...told),
      ),
  };
}

async function timed(
  work: () => Promise<void>,
  told: (seconds: number, error?: unknown) => void,
): Promise<void> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    await work();
  } catch (error) {
    told(seconds(), error);
    throw error;
  }
  told(seconds());
}
