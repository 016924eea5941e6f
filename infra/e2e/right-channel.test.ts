import { anSmtpServer, type TestSmtpServer } from '@throughline/notifications/channel/smtp-server';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Delivery {
  state: string;
  reason: string | null;
  attempts: { outcome: string }[];
}

describeKafka('an alert that leaves the application', () => {
  let system: StorySystem;
  let smtp: TestSmtpServer;
  let caseManager: GraphQLClient;

  beforeAll(async () => {
    smtp = await anSmtpServer();
    system = await startStorySystem({
      environment: { SMTP_URL: smtp.url, SMTP_TLS: 'if-offered', STAFF_APP_URL: 'https://app.example' },
    });
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
  }, 240_000);
  afterAll(async () => {
    await system.close();
    await smtp.close();
  });

  const change = (name: string, input: object) =>
    ask<{ __typename: string }>(
      caseManager,
      `mutation Act($input: ${name.replace(/^./, (letter) => letter.toUpperCase())}Input!) {
        it: ${name}(input: $input) { __typename ... on Problem { message } } }`,
      { input },
    );
  const pages = () =>
    ask<{ edges: { node: { id: string; deliveries: Delivery[] } }[] }>(
      caseManager,
      `{ myNotifications(codes: [CRISIS_L1], first: 5) { edges { node { id deliveries { state reason attempts { outcome } } } } } }`,
      {},
    );

  it('reaches the case manager by e-mail in her language, tried again while the provider is busy, without a word of whom or what', async () => {
    const client = await maria.registerClient(caseManager);
    await change('setMyAddress', { channel: 'EMAIL', address: 'maria@example.org', language: 'es' });
    smtp.state.how = 'busy';
    await change('recordScreening', {
      ...{ clientId: client.id, instrument: 'C-SSRS' },
      answers: [1, 2, 3, 4].map((item) => ({ item, value: item === 3 ? 0 : 1 })),
    });
    await eventually(async () => {
      const [page] = (await pages()).edges;
      expect(page?.node.deliveries[0]).toMatchObject({
        state: 'QUEUED',
        attempts: [{ outcome: 'FAILED_FOR_NOW' }],
      });
    });

    smtp.state.how = 'accept';
    await system.clock.forward({ minutes: 1 });
    await eventually(async () => {
      const [page] = (await pages()).edges;
      expect(page?.node.deliveries[0]).toMatchObject({
        state: 'SENT',
        attempts: [{}, { outcome: 'ACCEPTED' }],
      });
    });
    const [{ node: page } = { node: null }] = (await pages()).edges;
    const mail = smtp.mails.at(-1);
    expect(mail?.to).toMatchObject({ text: 'maria@example.org' });
    expect(mail?.text).toBe(
      `Tiene una novedad urgente en Throughline. Inicie sesión ahora:\nhttps://app.example/notifications/${page?.id ?? ''}\n`,
    );
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
