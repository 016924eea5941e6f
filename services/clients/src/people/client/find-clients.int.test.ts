import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Found {
  clients: {
    edges: { cursor: string; node: { name: { legal: string } } }[];
    pageInfo: { endCursor: string };
  } | null;
}
const query = `query ($after: Cursor) {
  clients(first: 1, after: $after) { edges { cursor node { name { legal } } } pageInfo { endCursor } }
}`;
const list = (after: string | null) => service.ask<Found>(people.maria, query, { after });
const names = ({ data }: Awaited<ReturnType<typeof list>>) =>
  data.clients?.edges.map(({ node }) => node.name.legal);

describe('the list of clients by name', () => {
  // 112 letters of three bytes each.
  const long = 'กขคงจฉชซฌญฎฏฐฑ'.repeat(8);

  it('goes on after a long Thai name, and no cursor holds a name', async () => {
    await aClient(service.ask, people.maria, { legalName: long, nameToUse: long });
    await aClient(service.ask, people.maria, { legalName: `${long}ฮ`, nameToUse: `${long}ฮ` });
    const first = await list(null);
    expect(names(first)).toEqual([long]);
    const cursor = first.data.clients?.edges[0]?.cursor ?? '';
    expect(cursor).toBe(first.data.clients?.pageInfo.endCursor);
    expect(Buffer.from(cursor, 'base64url').toString('utf8')).not.toContain('กข');
    expect(names(await list(cursor))).toEqual([`${long}ฮ`]);
  });

  it.each([
    ['malformed', 'no cursor'],
    [
      'forged',
      Buffer.from(JSON.stringify(['a', '01890a5d-ac96-774b-bcce-b302099a8057'])).toString('base64url'),
    ],
  ])('refuses a %s cursor', async (_kind, after) => {
    const { data, errors } = await list(after);
    expect(data).toEqual({ clients: null });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});
