import { inSpan, noteSpans, type SpanAbout } from '@throughline/runtime';
import type { ConsumerMeters, Meters } from '../meters.ts';
import type { Reaction } from './reaction.ts';
import type { Message, Publisher } from '../transport.ts';

export interface Watch {
  service: string;
  /** Name of the transport. */
  system: string;
}

type WatchedConsumer = Watch & { meters: Pick<ConsumerMeters, 'processed'> };

/** The same publisher, measured; each send is a step of the trace in which its fact was recorded. */
export function watchedPublisher(
  publisher: Publisher,
  watch: Watch & { meters: Pick<Meters, 'sent'> },
): Publisher {
  const stepsOf = (messages: readonly Message[]): SpanAbout[] =>
    traced(messages).map((message) => stepOf(message, 'send', watch));
  return {
    send: (messages) => {
      const beganAt = Date.now();
      return timed(
        () => publisher.send(messages),
        (seconds, error) => {
          watch.meters.sent(messages, seconds, error);
          noteSpans(() => stepsOf(messages), beganAt, error);
        },
      );
    },
    close: () => publisher.close(),
  };
}

/** The same reaction, measured, as a step of the trace in which its fact was recorded. */
export function watchedReaction(reaction: Reaction, watch: WatchedConsumer): Reaction {
  const { runAll } = reaction;
  return {
    ...reaction,
    ...(runAll && { runAll: (tx, messages) => watchedAll(() => runAll(tx, messages), messages, watch) }),
    run: (tx, message: Message) =>
      timed(
        () =>
          inSpan(
            () => stepOf(message, 'process', watch),
            () => reaction.run(tx, message),
          ),
        (...told) => watch.meters.processed(message, ...told),
      ),
  };
}

/** Each fact has a span with the time of all of them; for the metrics each has its share. */
function watchedAll(
  work: () => Promise<void>,
  messages: readonly Message[],
  watch: WatchedConsumer,
): Promise<void> {
  const beganAt = Date.now();
  return timed(work, (seconds, error) => {
    for (const message of messages) watch.meters.processed(message, seconds / messages.length, error);
    noteSpans(() => traced(messages).map((message) => stepOf(message, 'process', watch)), beganAt, error);
  });
}

function traced(messages: readonly Message[]): Message[] {
  return messages.filter(({ cause }) => cause.traceparent !== undefined);
}

function stepOf(
  { id, topic, type, cause }: Message,
  operation: 'send' | 'process',
  { service, system }: Watch,
): SpanAbout {
  return {
    by: service,
    name: `${operation} ${topic}`,
    kind: operation === 'send' ? 'producer' : 'consumer',
    parent: cause.traceparent ?? '',
    attributes: {
      'messaging.system': system,
      'messaging.operation.name': operation,
      'messaging.operation.type': operation,
      'messaging.destination.name': topic,
      'messaging.message.id': id,
      'messaging.message.conversation_id': cause.correlationId,
      'throughline.fact.type': type,
    },
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
