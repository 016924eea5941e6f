import type { Consumer, Transport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { noteEffect } from '../truth.ts';

/** The wrong way: nobody remembers what was handled, so what is delivered again has its effect again. */
export function hearWithoutInbox(
  dataSource: DataSource,
  transport: Transport,
  consumer: string,
): Promise<Consumer> {
  const deliver = ({ id }: { id: string }): Promise<void> =>
    dataSource.transaction((tx) => noteEffect(tx, id));
  return transport.subscribe({ consumer, topics: ['clients.v1'], deliver }, silentLogger);
}
