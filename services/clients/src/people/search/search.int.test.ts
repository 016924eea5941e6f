import { uuidV7 } from '@throughline/events';
import { aClient, aViewer, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
const ids = new Map<string, string>();

/** Who is registered by Maria, as name, and the rest of the record. */
const records: readonly (readonly [string, object])[] = [
  ['José Ñáñez', { dateOfBirth: '1984-05-31' }],
  ['Siobhán O’Brien', { contactPoints: [{ kind: 'PHONE', value: '+13055550123', extension: '12' }] }],
  ['John Doe', { externalIds: [{ system: 'HMIS', value: 'AB 12-345' }] }],
  ['Ana de la Cruz', { otherNames: ['Ana Whitfield'], birthYear: 1990 }],
  ['Иван Петров', { nameToUse: 'Vanya' }],
  ['Catherine Zhao', { contactPoints: [{ kind: 'EMAIL', value: 'cz@mail.example' }] }],
];

beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
  for (const [legalName, record] of records) {
    const { id } = await aClient(service.ask, people.maria, { nameToUse: null, ...record, legalName });
    ids.set(legalName, id);
  }
});
afterAll(() => service.close());

interface Page {
  clients: {
    edges: { matchedOn: string[]; node: { id: string; name: { legal: string } } }[];
    others: { edges: { node: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  };
}
const query = `query ($search: String!, $after: Cursor, $first: Int) { clients(search: $search, first: 50) {
  edges { matchedOn node { id name { legal } } }
  others(first: $first, after: $after) {
    edges { node { name { legal nameToUse } birthYear worker { id } matchedOn } } pageInfo { hasNextPage endCursor }
  } } }`;

async function search(viewer: ReturnType<typeof aViewer>, text: string, page: object = {}) {
  const { data, errors } = await service.ask<Page>(viewer, query, { search: text, ...page });
  expect(errors).toEqual([]);
  const { edges, others } = data.clients;
  return {
    found: edges.map(({ node, matchedOn }) => [node.name.legal, ...matchedOn]),
    others: others.edges.map(({ node }) => node),
    pageInfo: others.pageInfo,
  };
}

describe('a search for a client', () => {
  it.each([
    ['jose nanez', 'José Ñáñez', 'NAME'],
    ['Ñáñez, José'.normalize('NFD'), 'José Ñáñez', 'NAME'],
    ['nanes jose', 'José Ñáñez', 'NAME_SIMILAR'],
    ["siobhan o'brien", 'Siobhán O’Brien', 'NAME'],
    ['O`Brien', 'Siobhán O’Brien', 'NAME'],
    ['obrein', 'Siobhán O’Brien', 'NAME_SIMILAR'],
    ['Doe, John', 'John Doe', 'NAME'],
    ['Jon Doe', 'John Doe', 'NAME_SIMILAR'],
    ['delacruz', 'Ana de la Cruz', 'NAME'],
    ['whitfield', 'Ana de la Cruz', 'NAME'],
    ['whit', 'Ana de la Cruz', 'NAME_PART'],
    ['field', 'Ana de la Cruz', 'NAME_PART'],
    ['Petrov', 'Иван Петров', 'NAME'],
    ['Петров', 'Иван Петров', 'NAME'],
    ['vanya', 'Иван Петров', 'NAME'],
    ['Kathryn Zhao', 'Catherine Zhao', 'NAME_SOUND'],
    ['cz@mail.example', 'Catherine Zhao', 'EMAIL'],
    ['(305) 555-0123', 'Siobhán O’Brien', 'PHONE'],
    ['+1 305 555 0123 x12', 'Siobhán O’Brien', 'PHONE'],
    ['305.555.0123', 'Siobhán O’Brien', 'PHONE'],
    ['555 0123', 'Siobhán O’Brien', 'PHONE'],
    ['1984-05-31', 'José Ñáñez', 'DATE_OF_BIRTH'],
    ['5/31/1984', 'José Ñáñez', 'DATE_OF_BIRTH'],
    ['Cruz 1990', 'Ana de la Cruz', 'YEAR_OF_BIRTH'],
    ['AB12345', 'John Doe', 'EXTERNAL_ID'],
  ])('by %s finds %s, by %s', async (text, name, kind) => {
    const { found } = await search(people.maria, text);
    expect(found[0]?.[0]).toBe(name);
    expect(found[0]).toContain(kind);
  });

  it('by case number finds one person, also without the zeros', async () => {
    const id = ids.get('John Doe') ?? '';
    const [row] = await service.db.query<{ number: string }[]>(
      'select case_number as number from client where id = $1',
      [id],
    );
    const { number } = row!;
    expect((await search(people.maria, number.toLowerCase())).found).toEqual([['John Doe', 'CASE_NUMBER']]);
    const { found } = await search(people.maria, String(Number(number.slice(-6))));
    expect(found).toEqual([['John Doe', 'CASE_NUMBER']]);
  });

  it('needs every word, and finds nothing for what nobody has', async () => {
    for (const nothing of ['Doe Petrov', 'Xylophonist', '1901-01-01', '%', "'); drop table client; --"])
      expect((await search(people.maria, nothing)).found).toEqual([]);
  });

  it('finds the new name after a change, and the old one no more', async () => {
    const { id } = await aClient(service.ask, people.maria, { legalName: 'Quentin Aldous', nameToUse: null });
    const update = 'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { __typename } }';
    const input = { id, expectedVersion: 1, legalName: 'Quentin Barnaby' };
    await service.ask(people.maria, update, { input });
    expect((await search(people.maria, 'Barnaby')).found).toEqual([['Quentin Barnaby', 'NAME']]);
    expect((await search(people.maria, 'Aldous')).found).toEqual([]);
    await aClient(service.ask, people.maria, { legalName: 'Aldous Quentin', nameToUse: null });
    expect((await search(people.maria, 'Aldous')).found).toEqual([['Aldous Quentin', 'NAME']]);
  });
});

describe('people beyond the own clients', () => {
  it('are found by name with year of birth and worker, and with no id of theirs', async () => {
    for (const viewer of [people.jonah, people.intake, people.otherSupervisor, aViewer(['CLINICIAN'])]) {
      const { found, others } = await search(viewer, 'nanes jose');
      expect(found).toEqual([]);
      expect(others).toEqual([
        {
          name: { legal: 'José Ñáñez', nameToUse: 'José Ñáñez' },
          birthYear: 1984,
          worker: { id: people.maria.id },
          matchedOn: ['NAME_SIMILAR', 'NAME'],
        },
      ]);
    }
  });

  it('are found by nothing that only people who work with them know', async () => {
    for (const text of ['305-555-0123', '1984-05-31', 'AB12345', 'Nanez 1984-05-31', 'Brien 305-555-0123'])
      expect((await search(people.jonah, text)).others).toEqual([]);
    expect((await search(people.jonah, 'Ñáñez 1984')).others).toHaveLength(1);
  });

  it('stay hidden from roles that do not register, and from partners', async () => {
    for (const viewer of [people.admin, aViewer(['PEER_SPECIALIST']), aViewer(['QUALITY_ANALYST'])])
      expect(await search(viewer, 'Doe')).toMatchObject({ found: [], others: [] });
    const { others } = await search(people.privacy, 'Doe');
    expect(others).toEqual([]);
    const partner = aViewer(['PARTNER_INTAKE'], { graph: 'PARTNER', agencyId: uuidV7(new Date()) });
    const { data, errors } = await service.ask<Page>(partner, query, { search: 'Doe' });
    expect([data.clients, errors.length]).toEqual([null, 1]);
  });

  it('are found by a privacy officer by what that role reads, and not by telephone or e-mail', async () => {
    for (const text of ['305-555-0123', '555 0123', 'Brien 305-555-0123', 'cz@mail.example'])
      expect([text, (await search(people.privacy, text)).found]).toEqual([text, []]);
    expect((await search(people.privacy, '1984-05-31')).found).toEqual([['José Ñáñez', 'DATE_OF_BIRTH']]);
    expect((await search(people.privacy, 'AB12345')).found).toEqual([['John Doe', 'EXTERNAL_ID']]);
    // Who leads cases, too, finds the own clients by telephone, and everybody by name, in one order.
    const viewer = aViewer(['CASE_MANAGER', 'PRIVACY_OFFICER'], { id: people.maria.id });
    const record = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
    const staff = { id: viewer.id, roles: viewer.roles, expectedVersion: 1 };
    await service.ask(people.admin, record, { input: staff });
    expect((await search(viewer, '305-555-0123')).found).toEqual([['Siobhán O’Brien', 'PHONE']]);
    await aClient(service.ask, people.jonah, { legalName: 'Ismene Doe', nameToUse: null });
    expect((await search(viewer, 'Doe')).found.slice(0, 2)).toEqual([
      ['Ismene Doe', 'NAME'],
      ['John Doe', 'NAME'],
    ]);
  });

  it('come page by page, the nearest spelling first, nobody twice and none of the own', async () => {
    const names = ['Maribel', 'Maribelle', 'Marybel', 'Maribel Maribelle'].map((given) => `${given} Zzyzx`);
    for (const legalName of names) await aClient(service.ask, people.maria, { legalName, nameToUse: null });
    await aClient(service.ask, people.jonah, { legalName: 'Maribel Own', nameToUse: null });
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { found, others, pageInfo } = await search(people.jonah, 'Maribel', { first: 1, after });
      expect(found).toEqual([['Maribel Own', 'NAME']]);
      seen.push(...others.map((one) => (one as { name: { legal: string } }).name.legal));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(['Maribel Maribelle Zzyzx', 'Maribel Zzyzx', 'Maribelle Zzyzx', 'Marybel Zzyzx']);
  });

  it('cost the same few statements, however many there are', async () => {
    const { statementsOf } = await import('@throughline/testing');
    const statements = await statementsOf(service.running.dataSource, async () => {
      await search(people.jonah, 'Maribel Zzyzx');
    });
    expect(statements.length).toBeLessThanOrEqual(5);
  });
});
