import type { Cause, Fact, Topic } from '@throughline/events';
import type { Logger } from '@throughline/runtime';

/** A fact on its way: what the outbox adds to it. `sequence` counts the facts of one key from 1; 0 = not numbered. */
export interface Message extends Fact {
  sequence: number;
  /** The service that recorded it. */
  source: string;
  cause: Cause;
}

/** Sends messages in the order given, per key. Resolves when all are safe; rejects when that is not known. */
export interface Publisher {
  send(messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

export interface Subscription {
  /** Name of the consumer group: one per service. */
  consumer: string;
  topics: readonly string[];
  /** Where a consumer that is new begins: at the first fact that is kept (usual), or at what comes from now on. */
  from?: 'start' | 'now';
  /** Resolves when the message is settled (handled, known or parked); rejects = deliver it again. */
  deliver(message: Message): Promise<void>;
  /** The same for many facts that wait, where they may share a transaction. */
  together?: Together;
  watch?: ConsumerWatch;
}

export interface Together {
  fits(message: Message): boolean;
  /** Resolves when all are settled; rejects = deliver them again. */
  deliver(messages: readonly Message[]): Promise<void>;
}

/** Hears how far behind a consumer is, where the transport knows. */
export interface ConsumerWatch {
  /** So many messages of a partition are not handled yet. */
  behind(topic: string, partition: number, count: number): void;
  /** The partitions were assigned again. */
  reassigned(): void;
}

export interface Consumer {
  /** 'ok' or what is wrong. */
  health(): string;
  /** Resolves after the deliveries under way. */
  close(): Promise<void>;
}

/** Reads topics again from their first fact, independent of all consumers, and leaves no consumer group. */
export interface Replaying {
  name: string;
  topics: readonly Topic[];
  take: (messages: readonly Message[]) => Promise<void>;
}

export interface Replay {
  /** Resolves when everything has been taken that the topics hold at this moment. */
  reachEnd(): Promise<void>;
  close(): Promise<void>;
}

/** How messages get from one service's outbox to the consumers: Kafka, or hands within one process. */
export interface Transport {
  /** As OpenTelemetry names it; `in_process` when left out. */
  readonly system?: string;
  publisher(source: string, logger: Logger): Promise<Publisher>;
  subscribe(subscription: Subscription, logger: Logger): Promise<Consumer>;
  /** Left out where nothing is kept between the outbox and the consumers. */
  replay?(replaying: Replaying): Promise<Replay>;
}
