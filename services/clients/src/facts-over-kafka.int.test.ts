import { disclosureMade, uuidV7 } from '@throughline/events';
import { kafkaTransport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import { aClient, consentTo, hire, testService, type TestService } from './test-service.ts';

describeKafka('the clients service on Kafka', () => {
  let service: TestService;
  beforeAll(async () => {
    const { brokers, topicPrefix } = await kafkaForTests();
    const transport = kafkaTransport({
      brokers,
      clientId: 'clients-test',
      topicPrefix,
      logger: silentLogger,
    });
    service = await testService({ transport });
  });
  afterAll(() => service.close());

  it('sends what happened to a person in order, and hears what was disclosed', async () => {
    const { maria, privacy } = await hire(service.ask);
    const { id } = await aClient(service.ask, maria);
    await consentTo(service.ask, maria, id);
    const patience = { timeoutMs: 30_000 };
    await eventually(() => {
      const types = service.sent.filter(({ key }) => key === id).map(({ type }) => type);
      expect(types).toEqual(['ClientRegistered', 'CaseOpened', 'CaseManagerAssigned', 'ConsentRecorded']);
    }, patience);

    await service.hear(
      disclosureMade.of(id, new Date(), {
        ...{ disclosureId: uuidV7(new Date()), clientId: id, agencyId: uuidV7(new Date()), referralId: null },
        ...{ disclosedAt: new Date().toISOString(), labels: ['ID'], fields: ['person.ageBand'] },
        ...{ purpose: 'TREATMENT', basis: 'PART2_CONSENT', consentIds: [], noticeVersion: null },
        channel: 'WEBHOOK',
      }),
    );
    const query = 'query ($id: ID!) { client(id: $id) { disclosures { edges { node { channel } } } } }';
    await eventually(async () => {
      const { data } = await service.ask(privacy, query, { id });
      expect(data).toEqual({ client: { disclosures: { edges: [{ node: { channel: 'WEBHOOK' } }] } } });
    }, patience);
  });
});
