import { containerEngineAnswers } from '@throughline/runtime/local-machine';
import { awaitReady } from './await-ready.ts';
import { startContainer } from './container.ts';
import { startFromJars } from './from-jars.ts';
import { NotAvailable } from './not-available.ts';

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
  log: (line: string) => void;
  /**
   * A broker that was killed is back after 3 s and not 11 s. For one machine; several brokers need
   * longer sessions. Default true.
   */
  fastFailover?: boolean;
  /** The environment variable that may give addresses, with commas between. Default KAFKA_BROKERS. */
  variable?: string;
}

/** Kafka from the addresses given in the environment, a container engine, or the published jars and a local Java. */
export async function findKafka(options: FindKafkaOptions): Promise<Kafka | NoKafka> {
  const variable = options.variable ?? 'KAFKA_BROKERS';
  const given = process.env[variable];
  if (given) return useGiven(given, variable);

  if (await containerEngineAnswers(process.env)) {
    try {
      return await startContainer(options);
    } catch (error) {
      options.log(`Kafka does not start in a container (${reason(error)}); using a local Java`);
    }
  }
  try {
    return await startFromJars(options);
  } catch (error) {
    if (error instanceof NotAvailable) return { how: 'none', why: error.message };
    throw error;
  }
}

async function useGiven(given: string, variable: string): Promise<Kafka> {
  const brokers = given.split(',').map((broker) => broker.trim());
  try {
    await awaitReady(brokers, 10_000);
  } catch (error) {
    throw new Error(
      `No Kafka answers at the addresses in ${variable} (${reason(error)}): correct them, or unset it to start one here`,
    );
  }
  const leaveAlone = () => Promise.resolve();
  return { brokers, how: 'given', stop: leaveAlone, kill: leaveAlone };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
