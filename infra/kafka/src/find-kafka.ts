import { containerEngineAnswers } from '@throughline/runtime/local-machine';
import { awaitReady } from './await-ready.ts';
import { startContainer } from './container.ts';
import { startFromJars } from './from-jars.ts';
import { NotAvailable } from './not-available.ts';
import type { FindKafkaOptions, Kafka, NoKafka } from './kafka.ts';

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
    return await startHere(options);
  } catch (error) {
    if (error instanceof NotAvailable) return { how: 'none', why: error.message };
    throw error;
  }
}

/** A free port may be taken by somebody else before the broker listens on it: then another one is tried, once. */
async function startHere(options: FindKafkaOptions): Promise<Kafka> {
  try {
    return await startFromJars(options);
  } catch (error) {
    if (options.port !== undefined || error instanceof NotAvailable) throw error;
    return startFromJars(options);
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
