import type { Cause, Fact } from '@throughline/events';
import { silentLogger } from '@throughline/runtime';
import type { Transport } from './transport.ts';

/**
 * Sends facts past any outbox, as if `source` had recorded them: for tests and one-off back-fills only, since
 * nothing ties them to a transaction. They carry no number, so the order check of their keys leaves them out.
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
