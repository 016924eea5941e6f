import {
  topicsOfEvent,
  type Cause,
  type EventDefinition,
  type Restriction,
  type Topic,
} from '@throughline/events';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Message } from '../transport.ts';

/** What a handler may know of the fact in addition to its data. */
export interface Received {
  id: string;
  topic: Topic;
  type: string;
  version: number;
  key: string;
  occurredAt: Date;
  /** Position among the facts of its key, from 1. */
  sequence: number;
  source: string;
  cause: Cause;
}

export interface Reaction {
  /** The topic of today first; with the one that the fact was sent to before. */
  topics: readonly Topic[];
  restriction?: Restriction | undefined;
  type: string;
  version: number;
  /** Its effect may share a transaction with those of other facts. */
  together: boolean;
  run(tx: EntityManager, message: Message): Promise<void>;
  /** The same for several facts, in their order. */
  runAll?: (tx: EntityManager, messages: readonly Message[]) => Promise<void>;
}

export interface Heard<Data> {
  data: Data;
  received: Received;
}

export interface ReactionOptions {
  /**
   * The handler only writes through `tx`, so the waiting facts of many keys may be handled in one transaction,
   * several times as fast. When one of them fails, they are handled one by one.
   */
  together?: boolean;
}

/**
 * Declares the reaction of a service to a fact. The handler runs in the transaction that also marks the fact as
 * handled, and writes through `tx` only. Facts of one key arrive one after the other.
 */
export function on<Shape extends z.ZodRawShape>(
  { type, version, open, ...event }: EventDefinition<Shape>,
  handler: (tx: EntityManager, data: z.output<z.ZodObject<Shape>>, received: Received) => Promise<void>,
  { together = false }: ReactionOptions = {},
): Reaction {
  return {
    topics: topicsOfEvent(event),
    restriction: event.restriction,
    type,
    version,
    together,
    run: (tx, { data, ...received }) => handler(tx, open.parse(data), received),
  };
}

/**
 * The same for a handler that takes several facts, such as a copy that one statement fills for all of them. It
 * gets one or many facts, those of one key in their order, only writes through `tx`, and is called for each
 * fact alone when it fails for many.
 */
export function onMany<Shape extends z.ZodRawShape>(
  { type, version, open, ...event }: EventDefinition<Shape>,
  handler: (tx: EntityManager, facts: readonly Heard<z.output<z.ZodObject<Shape>>>[]) => Promise<void>,
): Reaction {
  const runAll = (tx: EntityManager, messages: readonly Message[]): Promise<void> =>
    handler(
      tx,
      messages.map(({ data, ...received }) => ({ data: open.parse(data), received })),
    );
  return {
    topics: topicsOfEvent(event),
    restriction: event.restriction,
    ...{ type, version, together: true, runAll },
    run: (tx, message) => runAll(tx, [message]),
  };
}
