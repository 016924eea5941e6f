import { demonstrationPeople } from '@throughline/sign-in';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { createClient as createStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Event {
  data?: Record<string, Record<string, unknown> | null> | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
  extensions?: { eventId?: string };
}

interface Heard {
  events: Event[];
  ended: boolean;
  stop(): void;
}

const caseload = `subscription Caseload {
  caseloadChanged { id caseNumber timeline(first: 20) { edges { node { kind } } } }
}`;
interface Timeline {
  timeline: { edges: { node: { kind: string } }[] };
}
const kindsOf = (client: Timeline | undefined) => client?.timeline.edges.map(({ node }) => node.kind);
const inbox = 'subscription Inbox { notificationAdded { id code client { id caseNumber } } }';
const unknownReferral = 'subscription { referralChanged(id: "0199a000-0000-7000-8000-00000000dead") { id } }';
const idOf = (name: string) => demonstrationPeople.find(({ key }) => key === name)?.id;

describeKafka('live', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let token: string;
  const listening: Heard[] = [];

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    token = await system.tokenFor('maria');
    await eventually(async () => expect(await refusal(inbox)).toBe(200));
  });

  afterAll(async () => {
    for (const one of listening) one.stop();
    await system.close();
  });

  const streamUrl = () => `${system.staffUrl}/stream`;
  const post = (body: object, bearer = token, signal?: AbortSignal) =>
    fetch(streamUrl(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });

  /** The status of an attempt; a stream that begins is left at once. */
  async function refusal(query: string): Promise<number> {
    const leave = new AbortController();
    const { status } = await post({ query }, token, leave.signal);
    leave.abort();
    return status;
  }

  /** Subscribes as front-end teams do, with the client of graphql-sse; resolves when the stream is open. */
  async function listen(query: string, more: { bearer?: string; lastEventId?: string } = {}): Promise<Heard> {
    const connected = Promise.withResolvers<void>();
    const client = createStream({
      url: streamUrl(),
      retryAttempts: 0,
      headers: { authorization: `Bearer ${more.bearer ?? token}` },
      on: { connected: () => connected.resolve() },
    });
    const heard: Heard = { events: [], ended: false, stop: () => undefined };
    heard.stop = client.subscribe<Event['data'] & object, Event['extensions'] & object>(
      { query, ...(more.lastEventId && { extensions: { lastEventId: more.lastEventId } }) },
      {
        next: (event) => heard.events.push(event),
        error: (error) => connected.reject(error),
        complete: () => (heard.ended = true),
      },
    );
    listening.push(heard);
    await connected.promise;
    return heard;
  }

  const about = ({ events }: Heard, id: string) =>
    events.filter(({ data }) => Object.values(data ?? {}).some((entity) => entity?.id === id));

  it('tells a case manager of a new client, with what several services know at that moment', async () => {
    const heard = await listen(caseload);
    const { id } = await maria.registerClient(caseManager);
    await eventually(() => {
      expect(about(heard, id).at(-1)).toMatchObject({
        data: { caseloadChanged: { id, caseNumber: expect.any(String) as string } },
        extensions: { eventId: expect.any(String) as string },
      });
    });
    await maria.scorePhq9(caseManager, id);
    // An event says what is known at its moment: the copy of the timeline may come a moment after the fact.
    await eventually(async () => {
      const { data } = await caseManager<{ client: Timeline }>(
        'query ($id: ID!) { client(id: $id) { timeline(first: 20) { edges { node { kind } } } } }',
        { id },
      );
      expect(kindsOf(data?.client)).toContain('ScreeningScored');
    });
    await maria.scorePhq9(caseManager, id);
    await eventually(() => {
      const told = about(heard, id).at(-1)?.data?.caseloadChanged as unknown as Timeline;
      expect(kindsOf(told)).toContain('ScreeningScored');
    });
    heard.stop();
  });

  it('adds a notification to the inbox of its recipient, and to nobody else’s', async () => {
    const mine = await listen(inbox);
    const others = await listen(inbox, { bearer: await system.tokenFor('ines') });
    const { id } = await maria.registerClient(caseManager);
    await maria.scorePhq9(caseManager, id);
    await eventually(() => {
      const clients = mine.events.map(({ data }) => data?.notificationAdded?.client);
      expect(clients).toContainEqual({ id, caseNumber: expect.any(String) as string });
    });
    const ids = (heard: Heard) => heard.events.map(({ data }) => data?.notificationAdded?.id);
    expect(ids(others).filter((one) => ids(mine).includes(one))).toEqual([]);
    mine.stop();
    others.stop();
  });

  it('never tells another case manager of a client that is not on her caseload', async () => {
    const stranger = await listen(caseload, { bearer: await system.tokenFor('jonah') });
    const mine = await listen(caseload);
    const { id } = await maria.registerClient(caseManager);
    await eventually(() => expect(about(mine, id)).not.toEqual([]));
    expect(stranger.events).toEqual([]);
    mine.stop();
    stranger.stop();
  });

  it('begins again after the last event that was heard', async () => {
    const first = await listen(caseload);
    const { id } = await maria.registerClient(caseManager);
    await eventually(() => expect(about(first, id)).not.toEqual([]));
    first.stop();
    const lastEventId = about(first, id)[0]?.extensions?.eventId ?? '';

    await maria.scorePhq9(caseManager, id);
    const watching = await listen(caseload);
    const back = await listen(caseload, { lastEventId });
    await eventually(() => expect(about(back, id).length).toBeGreaterThan(0));
    expect(back.events.map(({ extensions }) => extensions?.eventId)).not.toContain(lastEventId);
    back.stop();
    watching.stop();

    const unknown = await post({ query: caseload, extensions: { lastEventId: idOf('maria') } });
    expect(unknown.status).toBe(409);
    expect(await unknown.json()).toMatchObject({ errors: [{ extensions: { code: 'LIVE_GAP' } }] });
  });

  it('speaks WebSocket too, and refuses who is not signed in', async () => {
    const socketOf = (authorization: string) =>
      createSocket({
        url: system.staffUrl.replace('http', 'ws') + '/ws',
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization },
      });
    const events: unknown[] = [];
    const opened = Promise.withResolvers<void>();
    const client = socketOf(`Bearer ${token}`);
    client.on('connected', () => opened.resolve());
    client.subscribe(
      { query: caseload },
      { next: (event) => events.push(event), error: () => undefined, complete: () => undefined },
    );
    await opened.promise;
    await eventually(async () => {
      const { id } = await maria.registerClient(caseManager);
      await eventually(() => expect(JSON.stringify(events)).toContain(id), { timeoutMs: 3_000 });
    });
    await client.dispose();

    const refused = await new Promise((resolve) => {
      socketOf('Bearer nonsense-nonsense-nonsense').subscribe(
        { query: caseload },
        { next: resolve, error: resolve, complete: () => resolve('completed') },
      );
    });
    expect(refused).toMatchObject({ code: 4403 });
  });

  describe('refuses', () => {
    it.each([
      ['a query', '{ me { id } }', 400, 'BAD_REQUEST'],
      ['a referral that one may not know of', unknownReferral, 404, 'NOT_FOUND'],
    ])('%s', async (_what, query, status, code) => {
      const answer = await post({ query });
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
    });

    it('who is not signed in', async () => {
      const answer = await post({ query: caseload }, '');
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    });

    it('more subscriptions than a person may have, and gives the place back when one is left', async () => {
      const bearer = await system.tokenFor('ines');
      const open: Heard[] = [];
      for (let count = 0; count < 20; count += 1) open.push(await listen(inbox, { bearer }));
      expect((await post({ query: inbox }, bearer)).status).toBe(429);
      open.pop()?.stop();
      await eventually(async () => open.push(await listen(inbox, { bearer })));
      for (const one of open) one.stop();
    });

    it('the partner graph', async () => {
      const answer = await fetch(`${system.partnerUrl}/stream`, { method: 'POST', body: '{}' });
      expect(answer.status).toBe(404);
    });
  });
});
