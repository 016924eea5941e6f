import type { RequestListener } from 'node:http';
import { SeenTokens, verifyViewer } from '@throughline/graphql';
import { answerWith, ask, bodyOf, closeAll, maria, sourceOf, viewerKeys } from './a-service.ts';

const guard = { keys: viewerKeys, internal: null, seen: new SeenTokens() };
const entities =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Client { timeline } } }';

function typed(type: string, body: string, status = 200): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': type }).end(body);
}

afterEach(closeAll);

describe('a call to a service', () => {
  it('brings a viewer token that is bound to its body, and the request id', async () => {
    const seen: { viewer: unknown; requestId: unknown } = { viewer: null, requestId: null };
    const source = await sourceOf((request, response) => {
      void bodyOf(request).then((body) => {
        seen.requestId = request.headers['x-request-id'];
        const token = String(request.headers['x-viewer-token']);
        seen.viewer = verifyViewer(token, { subgraph: 'clients', body }, guard);
        answerWith(response, { data: { me: { id: 'maria' } } });
      });
    });
    await expect(ask(source)).resolves.toEqual({ data: { me: { id: 'maria' } } });
    expect(seen).toEqual({ viewer: maria.viewer, requestId: 'r-1' });
  });

  const good = '{"data":{"me":{"id":"maria"}}}';
  it.each<[string, RequestListener, string]>([
    ['hangs', () => undefined, 'SUBGRAPH_TIMEOUT'],
    ['breaks off', (request) => request.socket.destroy(), 'SUBGRAPH_UNAVAILABLE'],
    ['answers a page', typed('text/html', '<html>http://inside', 502), 'SUBGRAPH_BAD_ANSWER'],
    ['answers no JSON', typed('application/json', '{"data":'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers as a page', typed('text/html', good), 'SUBGRAPH_BAD_ANSWER'],
    ['answers a list', typed('application/json', '[1]'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers nothing', typed('application/json', '{}'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers a text for data', typed('application/json', '{"data":"x"}'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers errors of no shape', typed('application/json', '{"errors":["no"]}'), 'SUBGRAPH_BAD_ANSWER'],
    [
      'refuses the gateway',
      typed('application/json', '{"errors":[{"message":"who?"}]}', 401),
      'SUBGRAPH_BAD_ANSWER',
    ],
    ['breaks with data', typed('application/json', good, 500), 'SUBGRAPH_BAD_ANSWER'],
    [
      'answers too much',
      typed('application/json', `{"data":{"me":"${'x'.repeat(70_000)}"}}`),
      'SUBGRAPH_BAD_ANSWER',
    ],
    [
      'ends in the middle',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': good.length });
        response.write(good.slice(0, 9), () => response.socket?.destroy());
      },
      'SUBGRAPH_BAD_ANSWER',
    ],
  ])(
    'that %s costs its own part, with code, path and request id, without insides',
    async (_fault, listener, code) => {
      const timeoutMs = code === 'SUBGRAPH_TIMEOUT' ? 200 : 20_000;
      const source = await sourceOf(listener, { timeoutMs, mostBytes: 60_000 });
      const { data, errors } = await ask(source);
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([
        { path: ['me'], extensions: { code, serviceName: 'clients', requestId: 'r-1' } },
      ]);
      expect(JSON.stringify(errors)).not.toMatch(/http|127\.0|ECONN/);
    },
  );

  it('to nobody fails in the same way', async () => {
    const source = await sourceOf(() => undefined, { url: 'http://127.0.0.1:9/graphql' });
    await expect(ask(source)).resolves.toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  it('is not made again for a request that has waited in vain', async () => {
    let calls = 0;
    const source = await sourceOf(() => void (calls += 1), { timeoutMs: 100, singleFlight: false });
    const context = { ...maria };
    const processed = () =>
      source.process({ kind: 'health check' as never, request: { query: '{ me { id } }' }, context });
    await expect(processed()).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    await expect(processed()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(calls).toBe(1);
  });

  it('that brings another number of entities than was asked for gives none to the wrong ones', async () => {
    const source = await sourceOf((_request, response) =>
      answerWith(response, { data: { _entities: [{ timeline: 1 }] } }),
    );
    const representations = ['a', 'b'].map((id) => ({ __typename: 'Client', id }));
    const { data, errors } = await ask(source, {
      operation: '{ clients { timeline } }',
      query: entities,
      variables: { representations },
      at: ['clients', '@'],
    });
    expect(data).toBeUndefined();
    expect(errors?.map(({ path }) => path)).toEqual([
      ['_entities', 0, 'timeline'],
      ['_entities', 1, 'timeline'],
    ]);
  });

  it('tells where its entities stand among others, which the library miscounts', async () => {
    const subjects = [
      { __typename: 'Screening', id: 'a' },
      { __typename: 'Referral', id: 'b' },
    ];
    const context = { ...maria };
    const treatment = await sourceOf((_request, response) => answerWith(response, { data: { subjects } }));
    await ask(treatment, { query: '{ subjects { __typename id } }', context });
    const referrals = await sourceOf((request) => request.socket.destroy());
    const { errors } = await ask(referrals, {
      operation: '{ subjects { ... on Referral { status } } }',
      query: entities.replace('Client { timeline }', 'Referral { status }'),
      variables: { representations: [{ __typename: 'Referral', id: 'b' }] },
      at: ['subjects', '@'],
      context,
    });
    expect(errors?.map(({ path }) => path)).toEqual([['_entities', 1, 'status']]);
  });

  it('asks for an entity once, however often it stands in the answer', async () => {
    const asked: unknown[] = [];
    const source = await sourceOf((request, response) => {
      void bodyOf(request).then((body) => {
        const { variables } = JSON.parse(body) as { variables: { representations: { id: string }[] } };
        asked.push(variables.representations.map(({ id }) => id));
        answerWith(response, {
          data: { _entities: variables.representations.map(({ id }) => ({ timeline: id })) },
        });
      });
    });
    const representations = ['a', 'b', 'a'].map((id) => ({ __typename: 'Client', id }));
    const { data } = await ask(source, { query: entities, variables: { representations } });
    expect(asked).toEqual([['a', 'b']]);
    expect(data).toEqual({ _entities: [{ timeline: 'a' }, { timeline: 'b' }, { timeline: 'a' }] });
  });
});
