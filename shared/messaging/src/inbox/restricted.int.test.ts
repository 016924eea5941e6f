import { randomUUID } from 'node:crypto';
import { carePlanOpened, episodeStarted, type EventDefinition, type Fact } from '@throughline/events';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests, type TestKafka } from '@throughline/testing';
import {
  cause,
  messagingDatabase,
  messagingOf,
  oneTo,
  quickRetry,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { kafkaTransport, on, record, type Messaging, type Transport } from '../index.ts';

/** A plan and an episode of one client in one transaction, as often as wanted. */
function factsOf(clientId: string, times: number): Fact[] {
  return oneTo(times).flatMap(() => [
    carePlanOpened.of(clientId, new Date(), { carePlanId: randomUUID(), clientId }),
    episodeStarted.of(clientId, new Date(), { episodeId: randomUUID(), clientId }),
  ]);
}

describeKafka('a restricted fact', () => {
  let kafka: TestKafka;
  let sender: MessagingDatabase;
  let database: MessagingDatabase;
  const running: Messaging[] = [];
  const transport = (): Transport =>
    kafkaTransport({ ...kafka, clientId: 'test', partitions: 2, logger: silentLogger });
  const hear = async (service: string, events: unknown[], heard: string[]): Promise<void> => {
    const reactions = {
      work: (events as EventDefinition[]).map((event) =>
        on(event, (_tx, _data, { topic, sequence }) => {
          heard.push(`${topic} ${String(sequence)}`);
          return Promise.resolve();
        }),
      ),
    };
    running.push(
      await messagingOf(database, transport(), {
        service,
        reactions,
        retry: quickRetry,
        logger: silentLogger,
      }),
    );
  };

  beforeAll(async () => {
    kafka = await kafkaForTests({ topics: [], partitions: 2 });
    sender = await messagingDatabase();
    database = await messagingDatabase();
    running.push(await messagingOf(sender, transport(), { service: 'treatment', logger: silentLogger }));
  });
  afterAll(async () => {
    await Promise.all(running.map((messaging) => messaging.close()));
    await sender.drop();
    await database.drop();
  });

  it('comes in the order of its key to those it names, and its number tells others of no gap', async () => {
    const clientId = randomUUID();
    const [open, restricted]: string[][] = [[], []];
    await hear('clients', [carePlanOpened], open!);
    await hear('gateway', [episodeStarted], restricted!);
    await sender.dataSource.transaction((tx) => record(tx, cause, ...factsOf(clientId, 10)));
    await eventually(() => {
      expect(open).toEqual(oneTo(10).map((n) => `treatment.v1 ${String(n)}`));
      expect(restricted).toEqual(oneTo(10).map((n) => `treatment.restricted.v1 ${String(n)}`));
    });
    const kept: unknown[] = await database.dataSource.query('select 1 from parked_message');
    expect(kept).toEqual([]);
  });

  it('is also heard from the topic that it was sent to before', async () => {
    const heard: string[] = [];
    const clientId = randomUUID();
    const [, fact] = factsOf(clientId, 1) as [Fact, Fact];
    const publisher = await transport().publisher('treatment', silentLogger);
    await publisher.send([{ ...fact, topic: 'treatment.v1', sequence: 1, source: 'treatment', cause }]);
    await publisher.close();
    await hear('treatment', [episodeStarted], heard);
    await eventually(() => expect(heard).toContain('treatment.v1 1'));
  });

  it('stops a service at its start that reacts to it and is not named', async () => {
    await expect(hear('clients', [episodeStarted], [])).rejects.toThrow(
      'clients is no reader of EpisodeStarted',
    );
  });
});
