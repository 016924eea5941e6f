import { kafkaTransport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import { staff, testTreatment } from './treatment.harness.ts';

describeKafka('facts of the treatment service on Kafka', () => {
  it('reach its own timeline in order, with those of another service', async () => {
    const { brokers, topicPrefix } = await kafkaForTests();
    const transport = kafkaTransport({ brokers, clientId: 'treatment', topicPrefix, logger: silentLogger });
    const treatment = await testTreatment({ transport });
    const maria = staff('CASE_MANAGER');
    try {
      const c = await treatment.assign(maria.id, staff('SUPERVISOR').id);
      const write = `mutation ($c: ID!) {
        a: startEpisode(input: { clientId: $c, kind: SUD }) { __typename }
        b: openCarePlan(input: { clientId: $c }) { __typename } }`;
      expect((await treatment.ask(maria, write, { c })).data).toEqual({
        a: { __typename: 'Episode' },
        b: { __typename: 'CarePlan' },
      });
      const read = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
        ... on Client { timeline { edges { node { kind } } } } } }`;
      await eventually(async () => {
        const { data } = await treatment.ask<Answer>(maria, read, { c });
        const kinds = data._entities[0].timeline?.edges.map(({ node }) => node.kind);
        expect(kinds).toEqual([
          ...['CaseOpened', 'CaseManagerAssigned', 'EpisodeStarted', 'RiskTierChanged', 'ObligationOpened'],
          'CarePlanOpened',
        ]);
      });
    } finally {
      await treatment.close();
    }
  });
});

interface Answer {
  _entities: [{ timeline: { edges: { node: { kind: string } }[] } | null }];
}
