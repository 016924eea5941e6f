import type { SecureListener } from './properties.ts';

export interface Kafka {
  how: 'given' | 'container' | 'jars';
  brokers: string[];
  /** Stops what was started here; given brokers are left alone. */
  stop(): Promise<void>;
  /** Ends a broker that was started here as a crash would; does nothing to given brokers. */
  kill(): Promise<void>;
}

export interface NoKafka {
  how: 'none';
  /** One sentence: what is missing and what would bring Kafka. */
  why: string;
}

export interface FindKafkaOptions {
  /** Where the downloaded jars are kept. Default THROUGHLINE_CACHE, then node_modules/.cache/throughline. */
  cacheDir?: string | undefined;
  /** Kept between starts. Without it the data is thrown away at `stop()`. */
  dataDir?: string | undefined;
  /** A free port when left out. */
  port?: number | undefined;
  /** Where clients are told to connect, when something stands in between. Default: the port itself. Jars only. */
  advertisedPort?: number | undefined;
  /** A second listener with TLS and accounts; for tests. Jars only. */
  secure?: SecureListener;
  log: (line: string) => void;
  /**
   * A broker that was killed is back after 3 s and not 11 s. For one machine; several brokers need
   * longer sessions. Default true.
   */
  fastFailover?: boolean;
  /** The environment variable that may give addresses, with commas between. Default KAFKA_BROKERS. */
  variable?: string;
}
