import type { Cause, Fact } from '@throughline/events';
import { silentLogger } from '@throughline/runtime';
import type { Transport } from '../transport.ts';

/**
 * Sends facts without an outbox, as if `source` had recorded them. For tests and single back-fills only,
 * because no transaction protects them. They have no number, so the order of their keys is not checked.
 */
export async function announce(
  transport: Transport,
  source: string,
  cause: Cause,
  ...facts: Fact[]
): Promise<void> {
  const publisher = await transport.publisher(source, silentLogger);
  try {
    await publisher.send(facts.map((fact) => ({ ...fact, sequence: 0, source, cause })));
  } finally {
    await publisher.close();
  }
}
