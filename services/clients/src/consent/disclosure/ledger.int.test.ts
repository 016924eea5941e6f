import { disclosureMade, disclosureRepeated, uuidV7 } from '@throughline/events';
import { eventually, statementsOf } from '@throughline/testing';
import { DataSource } from 'typeorm';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
let owner: DataSource;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
  owner = await new DataSource({ type: 'postgres', url: service.database.ownerUrl }).initialize();
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

const aDisclosure = (clientId: string, disclosedAt = '2026-03-01T10:00:00.000Z') =>
  disclosureMade.of(clientId, new Date(), {
    disclosureId: uuidV7(new Date()),
    clientId,
    agencyId: '0193a000-0000-7000-8000-0000000000a1',
    referralId: uuidV7(new Date()),
    disclosedAt,
    labels: ['ID', 'SOCIAL'],
    fields: ['person.ageBand', 'need.category'],
    purpose: 'REFERRAL_HOUSING',
    basis: 'SPECIFIC_CONSENT',
    consentIds: [uuidV7(new Date())],
    noticeVersion: null,
    channel: 'GRAPH',
  });

interface Ledger {
  client: {
    disclosureLedgerIntact: boolean | null;
    disclosures: {
      edges: { node: { sequence: number; fields: string[]; agency: { id: string } } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    } | null;
  };
}
const ledger = async (viewer: typeof people.maria, id: string, args = 'first: 10') =>
  (
    await service.ask<Ledger>(
      viewer,
      `query ($id: ID!) { client(id: $id) { disclosureLedgerIntact disclosures(${args}) {
        edges { node { id sequence disclosedAt fields labels purpose agency { id } referral { id } consents { id } } }
        pageInfo { hasNextPage endCursor } } } }`,
      { id },
    )
  ).data.client;

const sequences = (found: Ledger['client']) => found.disclosures?.edges.map(({ node }) => node.sequence);

describe('the accounting of disclosures', () => {
  it('gets a line for each disclosure, once, in a chain', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const [first, second] = [aDisclosure(id), aDisclosure(id, '2026-04-01T10:00:00.000Z')];
    await service.hear(first, first, second, { ...second, id: uuidV7(new Date()) });
    await eventually(async () => expect(sequences(await ledger(people.privacy, id))).toEqual([2, 1]));

    const found = await ledger(people.privacy, id);
    expect(found.disclosureLedgerIntact).toBe(true);
    expect(found.disclosures?.edges[0]?.node.agency.id).toBe('0193a000-0000-7000-8000-0000000000a1');
    expect(sequences(await ledger(people.privacy, id, 'from: "2026-03-15T00:00:00Z"'))).toEqual([2]);
    expect(sequences(await ledger(people.privacy, id, 'to: "2026-03-15T00:00:00Z"'))).toEqual([1]);
    const page = await ledger(people.privacy, id, 'first: 1');
    const after = page.disclosures?.pageInfo.endCursor ?? '';
    expect(sequences(await ledger(people.privacy, id, `first: 1, after: "${after}"`))).toEqual([1]);
  });

  it('of many people is read by one statement, after the one that reads the people', async () => {
    const both = [await aClient(service.ask, people.maria), await aClient(service.ask, people.maria)];
    await service.hear(...both.map(({ id }) => aDisclosure(id)));
    await eventually(async () => {
      for (const { id } of both) expect(sequences(await ledger(people.privacy, id))).toEqual([1]);
    });
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Client {
      disclosures(first: 1) { edges { node { sequence } } } } } }`;
    const r = both.map(({ id }) => ({ __typename: 'Client', id }));
    const asked = () => service.ask(people.privacy, query, { r });
    expect(await statementsOf(service.running.dataSource, asked)).toHaveLength(2);
  });

  it('is read by the privacy officer and the care team, and checked by the privacy officer only', async () => {
    const { id } = await aClient(service.ask, people.maria);
    await service.hear(aDisclosure(id));
    await eventually(async () => expect(sequences(await ledger(people.maria, id))).toEqual([1]));
    expect((await ledger(people.maria, id)).disclosureLedgerIntact).toBeNull();

    const registered = await aClient(service.ask, people.intake);
    expect((await ledger(people.intake, registered.id)).disclosures).toBeNull();
  });

  it('gets lines while a command holds the row of the client', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const holder = owner.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select 1 from client where id = $1 for update', [id]);
    await service.hear(aDisclosure(id));
    await eventually(async () => expect(sequences(await ledger(people.privacy, id))).toEqual([1]));
    await holder.rollbackTransaction();
    await holder.release();
  });

  it('counts equal reads of one hour in one line, and the chain stays whole', async () => {
    const { id } = await aClient(service.ask, people.maria);
    const [first, second] = [aDisclosure(id), aDisclosure(id, '2026-04-01T10:00:00.000Z')];
    const { disclosureId } = first.data as { disclosureId: string };
    const lastReadAt = '2026-03-01T10:59:00.000Z';
    const repeated = { disclosureId, clientId: id, reads: 120, lastReadAt };
    await service.hear(first, second, disclosureRepeated.of(id, new Date(), repeated));
    const query = `query ($id: ID!) { client(id: $id) { disclosureLedgerIntact disclosures(first: 5) {
      edges { node { sequence reads lastReadAt } } } } }`;
    await eventually(async () => {
      const { data } = await service.ask<Ledger>(people.privacy, query, { id });
      expect(data.client.disclosureLedgerIntact).toBe(true);
      expect(data.client.disclosures?.edges.map(({ node }) => node)).toEqual([
        { sequence: 2, reads: 1, lastReadAt: null },
        { sequence: 1, reads: 120, lastReadAt },
      ]);
    });
  });

  it.each([
    'update disclosure_record set fields = array[]::text[]',
    'delete from disclosure_record',
    'truncate disclosure_record',
  ])('refuses "%s" to the service and to the owner of the table', async (statement) => {
    await expect(service.running.dataSource.query(statement)).rejects.toThrow('permission denied');
    await expect(owner.query(statement)).rejects.toThrow('the ledger only grows');
  });

  it('shows when somebody went round the guard', async () => {
    const { id } = await aClient(service.ask, people.maria);
    await service.hear(aDisclosure(id), aDisclosure(id));
    await eventually(async () => expect(sequences(await ledger(people.privacy, id))).toEqual([2, 1]));
    await owner.query('alter table disclosure_record disable trigger keep_ledger');
    await owner.query('update disclosure_record set purpose = $2 where client_id = $1 and sequence = 1', [
      id,
      'TREATMENT',
    ]);
    await owner.query('alter table disclosure_record enable trigger keep_ledger');
    expect((await ledger(people.privacy, id)).disclosureLedgerIntact).toBe(false);
  });
});
