import { crisisAcknowledged, crisisResolved, uuidV7 } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { aClient, aViewer, consentTo, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Seen {
  client: { name: object | null; populations: string[] | null; consents: object[] | null } | null;
}
const see = async (viewer: Viewer, id: string) =>
  (
    await service.ask<Seen>(
      viewer,
      'query ($id: ID!) { client(id: $id) { name { legal } populations consents { id } } }',
      { id },
    )
  ).data.client;

const entities = async (viewer: Viewer, representations: object[]) =>
  (
    await service.ask<{ _entities: unknown[] }>(
      viewer,
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      { r: representations },
    )
  ).data._entities;

describe('who may read a client', () => {
  it('is decided by caseload, team, queue and office; the rest is null', async () => {
    const { id } = await aClient(service.ask, people.maria, { populations: ['VETERAN'] });
    const all = { name: { legal: 'Rosalind Ferro' }, populations: ['VETERAN'], consents: [] };
    expect(await see(people.maria, id)).toEqual(all);
    expect(await see(people.supervisor, id)).toEqual(all);
    expect(await see(people.privacy, id)).toEqual({ ...all, populations: null });
    for (const stranger of [people.jonah, people.otherSupervisor, people.intake, people.admin])
      expect(await see(stranger, id)).toBeNull();
  });

  it('lets intake read whom it registered, without consents', async () => {
    const { id } = await aClient(service.ask, people.intake);
    expect(await see(people.intake, id)).toMatchObject({ populations: [], consents: null });
  });

  it('says what is withheld, and why', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const query = 'query ($id: ID!) { client(id: $id) { access { field allowed reason } } }';
    const { data } = await service.ask<{ client: { access: object[] } }>(people.privacy, query, { id });
    expect(data.client.access).toContainEqual({ field: 'name', allowed: true, reason: 'OK' });
    expect(data.client.access).toContainEqual({
      field: 'populations',
      allowed: false,
      reason: 'ROLE_FORBIDDEN',
    });
  });

  it('gives partners nothing, whatever they name', async () => {
    const client = await aClient(service.ask, people.maria);
    const partner = aViewer(['PARTNER_ADMIN'], {
      id: people.maria.id,
      graph: 'PARTNER',
      agencyId: people.admin.id,
    });
    expect(await see(partner, client.id)).toBeNull();
    const known = [
      { __typename: 'Client', id: client.id },
      { __typename: 'CaseFile', id: client.activeCase.id },
      { __typename: 'StaffMember', id: people.maria.id },
    ];
    expect(await entities(partner, known)).toEqual([null, null, null]);
  });

  it('makes a foreign id look like an unknown one, for every entity', async () => {
    const client = await aClient(service.ask, people.maria, { needs: [{ category: 'DENTAL' }] });
    const consent = await consentTo(service.ask, people.maria, client.id);
    const named = [
      { __typename: 'Client', id: client.id },
      { __typename: 'CaseFile', id: client.activeCase.id },
      { __typename: 'Need', id: client.activeCase.needs[0]!.id },
      { __typename: 'Consent', id: consent.id },
    ];
    const unknown = named.map((one) => ({ ...one, id: uuidV7(new Date()) }));
    const garbled = named.map((one) => ({ ...one, id: "1' or true" }));
    expect(await entities(people.maria, named)).toEqual(named.map(({ __typename }) => ({ __typename })));
    for (const these of [named, unknown, garbled])
      expect(await entities(people.jonah, these)).toEqual([null, null, null, null]);
  });

  it('lets who took a crisis over read who and where the person is, until it is over, and keeps who it was', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria, { legalName: 'Rhea Calloway' });
    const onCall = aViewer(['CLINICIAN']);
    const director = aViewer(['PROGRAM_ADMIN']);
    expect([await see(onCall, clientId), await see(director, clientId)]).toEqual([null, null]);
    const [alertId, now] = [uuidV7(new Date()), service.clock.now];
    const take = { alertId, clientId, acknowledgedBy: onCall.id };
    await service.hear(crisisAcknowledged.of(clientId, now, take));
    await service.hear(crisisAcknowledged.of(clientId, now, { ...take, acknowledgedBy: director.id }));
    const seen = { name: { legal: 'Rhea Calloway' }, populations: null, consents: null };
    for (const one of [onCall, director]) {
      expect(await see(one, clientId)).toEqual(seen);
      expect(await search(one, 'Rhea Calloway')).toEqual(['Rhea Calloway']);
    }
    expect(await see(aViewer(['QUALITY_ANALYST'], { id: onCall.id }), clientId)).toBeNull();
    const over = new Date(now.getTime() + 60_000);
    await service.hear(crisisResolved.of(clientId, over, { alertId, clientId }));
    expect([await see(onCall, clientId), await search(onCall, 'Rhea Calloway')]).toEqual([null, []]);
    const query = 'query ($id: ID!) { client(id: $id) { crisisAccess { staff { id } since until } } }';
    const kept = await service.ask<{ client: { crisisAccess: object[] } }>(people.privacy, query, {
      id: clientId,
    });
    const [since, until] = [now.toISOString(), over.toISOString()];
    expect(kept.data.client.crisisAccess).toEqual([
      { staff: null, since, until },
      { staff: null, since, until },
    ]);
  });

  it('answers 401 without the token of the gateway', async () => {
    const response = await fetch(service.running.url, { method: 'POST', body: '{"query":"{ me { id } }"}' });
    expect(response.status).toBe(401);
  });
});

describe('searching', () => {
  it('finds exactly those whom the viewer may read, page by page', async () => {
    const mark = `Zedekia${Date.now()}`;
    const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${mark} ${letter}`);
    for (const legalName of names) await aClient(service.ask, people.maria, { legalName, nameToUse: null });
    await aClient(service.ask, people.jonah, { legalName: `${mark} x`, nameToUse: null });
    await aClient(service.ask, people.intake, { legalName: `${mark} y`, nameToUse: null });

    expect(await search(people.maria, mark)).toEqual(names);
    expect(await search(people.jonah, mark)).toEqual([`${mark} x`]);
    expect(await search(people.intake, mark)).toEqual([`${mark} y`]);
    expect(await search(people.supervisor, mark)).toEqual([...names, `${mark} x`, `${mark} y`]);
    expect(await search(people.otherSupervisor, mark)).toEqual([`${mark} y`]);
    expect(await search(people.privacy, mark)).toHaveLength(7);
    expect(await search(people.admin, mark)).toEqual([]);
    expect(await search(people.maria, '%')).toEqual([]);
  });
});

interface Page {
  clients: {
    edges: { node: { name: { legal: string } } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

async function search(viewer: Viewer, text: string): Promise<string[]> {
  const query = `query ($search: String, $after: Cursor) { clients(search: $search, first: 2, after: $after) {
    edges { node { name { legal } } } pageInfo { hasNextPage endCursor } } }`;
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { data }: { data: Page } = await service.ask<Page>(viewer, query, { search: text, after });
    found.push(...data.clients.edges.map(({ node }) => node.name.legal));
    if (!data.clients.pageInfo.hasNextPage) return found;
    after = data.clients.pageInfo.endCursor;
  }
}
