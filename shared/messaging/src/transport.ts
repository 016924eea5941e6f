import type { Cause, Fact, Topic } from '@throughline/events';
import type { Logger } from '@throughline/runtime';

/** A fact with what the outbox adds to it. `sequence` counts the facts of one key from 1; 0 = not numbered. */
export interface Message extends Fact {
  sequence: number;
  /** The service that recorded it. */
  source: string;
  cause: Cause;
}

/**
 * Sends messages in the given order, per key. Resolves when all are stored safely; rejects when that is not
 * known.
 */
export interface Publisher {
  send(messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

export interface Subscription {
  /** Name of the consumer group: one per concern of a service. */
  consumer: string;
  topics: readonly string[];
  /** Where a new consumer begins: at the first stored fact (usual), or at the next new fact. */
  from?: 'start' | 'now';
  /** Resolves when the message is settled (handled, known or parked); rejects = deliver it again. */
  deliver(message: Message): Promise<void>;
  /** The same for many waiting facts that may share a transaction. */
  together?: Together;
  watch?: ConsumerWatch;
}

export interface Together {
  fits(message: Message): boolean;
  /** Resolves when all are settled; rejects = deliver them again. */
  deliver(messages: readonly Message[]): Promise<void>;
}

/** Is called with the lag of a consumer, where the transport knows it. */
export interface ConsumerWatch {
  /** Number of messages of a partition that are not handled yet. */
  behind(topic: string, partition: number, count: number): void;
  /** The partitions were assigned again. */
  reassigned(): void;
}

export interface Consumer {
  /** 'ok' or what is wrong. */
  health(): string;
  /** Resolves after the running deliveries. */
  close(): Promise<void>;
}

/** Reads topics again from their first fact, independent of all consumers, and leaves no consumer group. */
export interface Replaying {
  name: string;
  topics: readonly Topic[];
  take: (messages: readonly Message[]) => Promise<void>;
}

export interface Replay {
  /** Resolves when everything that the topics have at this moment was read. */
  reachEnd(): Promise<void>;
  close(): Promise<void>;
}

/** How messages get from the outbox of a service to the consumers: Kafka, or calls within one process. */
export interface Transport {
  /** As OpenTelemetry names it; `in_process` when left out. */
  readonly system?: string;
  publisher(source: string, logger: Logger): Promise<Publisher>;
  subscribe(subscription: Subscription, logger: Logger): Promise<Consumer>;
  /**
   * Lets new consumer groups begin where an old one has come to; those that have positions keep them. False while the old
   * group has members, since the old and the new groups must not run at the same time. Left out where the transport keeps no positions.
   */
  takeOver?(groups: { from: string; into: readonly string[] }): Promise<boolean>;
  /**
   * Sets stopped consumer groups back to a time, so that they get the facts since then again. False while one has members.
   * Left out where the transport keeps no positions.
   */
  rewind?(rewinding: { groups: readonly string[]; to: Date }): Promise<boolean>;
  /** Left out where there is no log between the outbox and the consumers. */
  replay?(replaying: Replaying): Promise<Replay>;
}
