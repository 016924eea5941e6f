import type { EntityManager } from 'typeorm';
import type { ConsumerMeters } from '../meters.ts';
import type { Reaction } from './reaction.ts';
import type { Message } from '../transport.ts';

interface Reacting {
  reactions: readonly Reaction[];
  meters: Pick<ConsumerMeters, 'lag'>;
}

export function wantedBy(reactions: readonly Reaction[], message: Message): Reaction[] {
  return reactions.filter(
    ({ topics, type, version }) =>
      topics.includes(message.topic) && type === message.type && version === message.version,
  );
}

/**
 * Runs the reactions to a fact that is marked as handled. A fact without a reaction only moves the position of
 * its key.
 */
export async function react(
  tx: EntityManager,
  { reactions, meters }: Reacting,
  message: Message,
): Promise<void> {
  const wanted = wantedBy(reactions, message);
  for (const reaction of wanted) await reaction.run(tx, message);
  if (wanted.length > 0) meters.lag(message);
}

/** Consecutive facts of one type go to their reactions together, one reaction after the other, if all of them take several. */
export async function reactToAll(
  tx: EntityManager,
  options: Reacting,
  messages: readonly Message[],
): Promise<void> {
  for (const run of runsOf(messages)) {
    const together = wantedBy(options.reactions, run[0]).map(({ runAll }) => runAll);
    if (together.length === 0 || together.includes(undefined)) {
      for (const message of run) await react(tx, options, message);
      continue;
    }
    for (const runAll of together) await runAll?.(tx, run);
    for (const message of run) options.meters.lag(message);
  }
}

type Run = [Message, ...Message[]];

function runsOf(messages: readonly Message[]): Run[] {
  const runs: Run[] = [];
  for (const message of messages) {
    const run = runs.at(-1);
    if (run && nameOf(run[0]) === nameOf(message)) run.push(message);
    else runs.push([message]);
  }
  return runs;
}

function nameOf({ topic, type, version }: Message): string {
  return `${topic}/${type}/${version}`;
}
