import { notificationAdded, safetyFlagRaised, staffRecorded, uuidV7 } from '@throughline/events';
import { kafkaTransport, type Message } from '@throughline/messaging';
import { Closers, silentLogger as logger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import { testService } from './test-service.ts';

describeKafka('over Kafka', () => {
  const closers = new Closers();
  afterAll(() => closers.close(logger));

  it('a safety flag leads to notifications, and their facts are published', async () => {
    const kafka = await kafkaForTests();
    const transport = kafkaTransport({ ...kafka, clientId: 'notifications-test', logger });
    const heard: Message[] = [];
    const listener = await transport.subscribe(
      {
        ...{ consumer: 'listener', topics: [notificationAdded.topic] },
        deliver: (message) => Promise.resolve(void heard.push(message)),
      },
      logger,
    );
    closers.add('listener', () => listener.close());
    const service = await testService({ transport });
    closers.add('service', () => service.close());

    const now = new Date('2036-03-03T15:00:00Z');
    const [clientId, authorId, supervisorId] = [uuidV7(now), uuidV7(now), uuidV7(now)];
    const roles = ['CASE_MANAGER'];
    await service.hear([
      staffRecorded.of(authorId, now, {
        staffId: authorId,
        ...{ supervisorId, roles, timeZone: null, active: true },
      }),
      safetyFlagRaised.of(clientId, now, {
        ...{ screeningId: uuidV7(now), clientId, authorId, caseManagerId: authorId },
        supervisorId,
      }),
    ]);

    await eventually(() => expect(heard).toHaveLength(2));
    expect(heard.map(({ key, data }) => [key, (data as { recipientId: string }).recipientId])).toEqual([
      [clientId, authorId],
      [clientId, supervisorId],
    ]);
    expect(heard[0]?.cause).toMatchObject({ correlationId: 'story', actor: { kind: 'SYSTEM' } });
  });
});
