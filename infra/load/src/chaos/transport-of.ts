import { kafkaTransport, type Transport } from '@throughline/messaging';
import type { Logger } from '@throughline/runtime';
import type { Part } from './part.ts';

/** The shortest that a broker allows by default. */
const SESSION_TIMEOUT_MS = 6000;

export function transportOf({ brokers, role }: Part, topicPrefix: string, logger: Logger): Transport {
  return kafkaTransport({
    brokers,
    clientId: role,
    topicPrefix,
    partitions: 3,
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    logger,
  });
}
