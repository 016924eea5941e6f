import { randomUUID } from 'node:crypto';
import { eventually } from '@throughline/testing';
import type { Messaging, Transport } from '../index.ts';
import {
  listener,
  messagingDatabase,
  messagingOf,
  oneTo,
  recordUpdates,
  versionsHeard,
  type MessagingDatabase,
} from './test-services.ts';

const KEYS = 10;
const CHANGES = 4;
const ROUNDS_PER_CHANGE = 5;
/** A group that changes stands still until all its members know. */
const PATIENCE = { timeoutMs: 60_000 };

/**
 * Promises of every transport when instances of one service come and go; they share its database and its work.
 */
export function instancesContract(createTransport: () => Transport | Promise<Transport>): void {
  let sender: MessagingDatabase;
  let hearer: MessagingDatabase;
  let transport: Transport;
  let sending: Messaging;

  beforeAll(async () => {
    [sender, hearer] = await Promise.all([messagingDatabase(), messagingDatabase()]);
    transport = await createTransport();
    sending = await messagingOf(sender, transport, { service: 'sender' });
  });

  afterAll(async () => {
    await sending.close();
    await Promise.all([sender.drop(), hearer.drop()]);
  });

  const join = (): Promise<Messaging> => listener(hearer, transport, { service: 'hearer' });

  it.each([1, 3])(
    'loses, repeats and reorders nothing while instances join and leave, consumers: %i',
    async (count) => {
      const flow = new Flow(sender, hearer);
      const present = await Promise.all(oneTo(count).map(join));
      for (let change = 0; change < CHANGES; change += 1) {
        const leaving = change % 2 === 0 ? present.shift() : present.pop();
        await Promise.all([flow.write(), leaving?.close()]);
        if (count > 1) await flow.isHeard();
        const joining = join().then((joined) => present.push(joined));
        await Promise.all([flow.write(), joining]);
        await flow.isHeard();
      }
      await Promise.all([flow.write(), ...present.map((instance) => instance.close())]);
      const last = await join();
      await flow.isHeard();
      await last.close();
    },
    2 * PATIENCE.timeoutMs,
  );
}

/** Facts of several keys, and the facts that were received. */
class Flow {
  readonly #keys = Array.from({ length: KEYS }, () => randomUUID());
  readonly #sender: MessagingDatabase;
  readonly #hearer: MessagingDatabase;
  #version = 0;

  constructor(sender: MessagingDatabase, hearer: MessagingDatabase) {
    this.#sender = sender;
    this.#hearer = hearer;
  }

  async write(): Promise<void> {
    for (let round = 0; round < ROUNDS_PER_CHANGE; round += 1) {
      const version = (this.#version += 1);
      const commit = (key: string): Promise<void> =>
        this.#sender.dataSource.transaction((tx) => recordUpdates(tx, key, [version]));
      await Promise.all(this.#keys.map(commit));
    }
  }

  isHeard(): Promise<void> {
    return eventually(async () => {
      for (const key of this.#keys)
        expect(await versionsHeard(this.#hearer, key)).toEqual(oneTo(this.#version));
    }, PATIENCE);
  }
}
