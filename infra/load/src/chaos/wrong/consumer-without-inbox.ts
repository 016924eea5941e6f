import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, Transport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { noteEffect } from '../truth.ts';

const mostMsAfterwards = 4;

/**
 * The wrong way: nobody remembers what was handled, so what is delivered again has its effect again. It goes on for a
 * moment after the effect, so that a kill finds facts that were handled and not yet committed.
 */
export function hearWithoutInbox(
  dataSource: DataSource,
  transport: Transport,
  consumer: string,
): Promise<Consumer> {
  const deliver = async ({ id }: { id: string }): Promise<void> => {
    await dataSource.transaction((tx) => noteEffect(tx, id));
    await wait(Math.random() * mostMsAfterwards);
  };
  return transport.subscribe({ consumer, topics: ['clients.v1'], deliver }, silentLogger);
}
