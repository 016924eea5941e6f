import { demonstrationAgencies, demonstrationPeople } from '@throughline/sign-in';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { createClient as createStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

/** A query that each of the four services answers. */
const questions = {
  clients: '{ me { id } }',
  treatment: '{ instruments { code } }',
  referrals: '{ agencies(first: 1) { pageInfo { hasNextPage } } }',
  notifications: '{ myNotifications(first: 1) { pageInfo { hasNextPage } } }',
};
const caseload = 'subscription { caseloadChanged { id } }';
const inbox = 'subscription { notificationAdded { id } }';

describeKafka('who was shut out', () => {
  let system: StorySystem;
  let ruth: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    ruth = await system.as('ruth');
    await prepareProgram(ruth);
  });
  afterAll(() => system.close());

  /** The code of the refusal, or null when the graph answers. */
  async function refusal(graph: GraphQLClient, query: string): Promise<unknown> {
    const { errors } = await graph(query);
    return errors[0]?.extensions?.code ?? null;
  }

  /** The code with which a stream ends; resolves `opened` when it has begun. */
  async function stream(query: string): Promise<{ ending: Promise<unknown> }> {
    const opened = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const client = createStream({
      url: `${system.staffUrl}/stream`,
      retryAttempts: 0,
      headers: { authorization: `Bearer ${await system.tokenFor('maria')}` },
      on: { connected: () => opened.resolve() },
    });
    client.subscribe(
      { query },
      {
        next: ({ errors }) => errors && resolve(errors[0]?.extensions.code),
        error: opened.reject,
        complete: () => resolve('completed'),
      },
    );
    await opened.promise;
    return { ending: promise };
  }

  async function socket(query: string): Promise<{ ending: Promise<unknown> }> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const opened = Promise.withResolvers<void>();
    const client = createSocket({
      url: `${system.staffUrl.replace('http', 'ws')}/ws`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await system.tokenFor('maria')}` },
    });
    client.on('connected', () => opened.resolve());
    client.subscribe(
      { query },
      {
        next: ({ errors }) => errors && resolve(errors[0]?.extensions?.code),
        error: resolve,
        complete: () => resolve('completed'),
      },
    );
    await opened.promise;
    return { ending: promise };
  }

  it('as a member of staff is refused by all four services, and the live streams end', async () => {
    const maria = await system.as('maria');
    const { id } = demonstrationPeople.find(({ key }) => key === 'maria') ?? {};
    await eventually(async () => {
      for (const query of Object.values(questions)) expect(await refusal(maria, query)).toBeNull();
    });
    const open = await eventually(async () => [await stream(caseload), await stream(inbox)]);
    const connected = await socket(caseload);
    const { version } = await ask<{ version: number }>(
      ruth,
      'query($id: ID!) { staffMember(id: $id) { version } }',
      { id },
    );
    const recorded = await ask<Outcome>(
      ruth,
      'mutation($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }',
      { input: { id, active: false, expectedVersion: version } },
    );
    expect(recorded).toEqual({ __typename: 'StaffMember' });

    await eventually(async () => {
      for (const query of Object.values(questions))
        expect(await refusal(maria, query)).toBe('UNAUTHENTICATED');
    });
    for (const { ending } of [...open, connected]) expect(await ending).toBe('UNAUTHENTICATED');
    await expect(stream(inbox)).rejects.toThrow();
  });

  it('as a person of an agency is refused at the graph of partners', async () => {
    const dario = await system.as('dario');
    const referrals = '{ partnerReferrals(first: 1) { pageInfo { hasNextPage } } }';
    expect(await refusal(dario, referrals)).toBeNull();
    const { id: subject } = demonstrationPeople.find(({ key }) => key === 'dario') ?? {};
    const agencyId = demonstrationAgencies.detox.id;
    const recorded = await ask<Outcome>(
      ruth,
      'mutation($input: RecordPartnerPrincipalInput!) { recordPartnerPrincipal(input: $input) { __typename } }',
      { input: { agencyId, subject, name: 'Dario', roles: ['PARTNER_INTAKE'], active: false } },
    );
    expect(recorded).toEqual({ __typename: 'PartnerPrincipal' });
    expect(await refusal(dario, referrals)).toBe('UNAUTHENTICATED');
  });

  it('as an agency is refused at the graph of partners', async () => {
    const amara = await system.as('amara');
    const referrals = '{ partnerReferrals(first: 1) { pageInfo { hasNextPage } } }';
    expect(await refusal(amara, referrals)).toBeNull();
    const { id } = demonstrationAgencies.shelter;
    const { version } = await ask<{ version: number }>(
      ruth,
      'query($id: ID!) { agency(id: $id) { version } }',
      { id },
    );
    await ask<Outcome>(
      ruth,
      'mutation($input: DescribeAgencyInput!) { describeAgency(input: $input) { __typename } }',
      { input: { id, status: 'INACTIVE', expectedVersion: version } },
    );
    expect((await amara(referrals)).errors).toMatchObject([
      {
        message: expect.stringContaining('Ask the program to record your agency as active') as string,
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ]);
  });
});
