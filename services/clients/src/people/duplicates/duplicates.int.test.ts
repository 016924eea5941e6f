import type { Viewer } from '@throughline/graphql';
import { hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Answer {
  __typename: string;
  id?: string;
  token?: string;
  issues?: { path: string; code: string }[];
  candidates?: {
    score: number;
    evidence: { field: string; verdict: string; points: number }[];
    record: { id: string } | null;
    person: { name: { legal: string }; birthYear: number | null; worker: { id: string } | null };
  }[];
  duplicateRulings?: { score: number; at: string; by: { id: string }; record: { id: string } | null }[];
}
const mutation = `mutation ($input: RegisterClientInput!) { registerClient(input: $input) {
  __typename
  ... on Client { id duplicateRulings { score at by { id } record { id } } }
  ... on InvalidInput { issues { path code } }
  ... on PossibleDuplicates { token candidates {
    score evidence { field verdict points } record { id } person { name { legal } birthYear worker { id } } } } } }`;

async function register(viewer: Viewer, input: object): Promise<Answer> {
  const { data } = await service.ask<{ registerClient: Answer }>(viewer, mutation, { input });
  return data.registerClient;
}
const count = async () =>
  (await service.db.query<{ n: number }[]>('select count(*)::int as n from client'))[0]!.n;

const phone = (value: string) => ({ contactPoints: [{ kind: 'PHONE', value }] });

describe('who may be registered already', () => {
  it('is not registered before somebody says that it is another person, and that is kept', async () => {
    const ona = { legalName: 'Ona Briggs', dateOfBirth: '1971-02-03', ...phone('+13055550111') };
    const first = await register(people.maria, ona);
    const before = await count();
    const again = { ...ona, legalName: 'BRIGGS, Oná', idempotencyKey: 'ona' };
    const possible = await register(people.maria, again);
    expect(possible.__typename).toBe('PossibleDuplicates');
    expect(possible.candidates).toEqual([
      {
        score: 36,
        evidence: [
          { field: 'NAME', verdict: 'AGREES', points: 11.1 },
          { field: 'DATE_OF_BIRTH', verdict: 'AGREES', points: 14.5 },
          { field: 'PHONE', verdict: 'AGREES', points: 10.2 },
        ],
        record: { id: first.id },
        person: { name: { legal: 'Ona Briggs' }, birthYear: 1971, worker: { id: people.maria.id } },
      },
    ]);
    expect(await count()).toBe(before);

    const other = await register(people.maria, { ...again, notDuplicates: possible.token });
    expect(other.__typename).toBe('Client');
    expect(other.duplicateRulings).toEqual([
      {
        score: 36,
        at: service.clock.now.toISOString(),
        by: { id: people.maria.id },
        record: { id: first.id },
      },
    ]);
    await expect(service.db.query(`update duplicate_ruling set score = 0`)).rejects.toThrow(
      /denied|does not change/,
    );
  });

  it('of somebody else is shown with name, year and worker, and no evidence that tells more', async () => {
    await register(people.maria, {
      legalName: 'Tove Lindqvist',
      dateOfBirth: '1964-07-30',
      ...phone('+13055550112'),
    });
    const asked = { legalName: 'Tove Lindqvist', dateOfBirth: '1964-07-30', ...phone('+13055550112') };
    const { candidates } = await register(people.intake, asked);
    expect(candidates).toHaveLength(1);
    expect(candidates?.[0]).toMatchObject({
      record: null,
      evidence: [{ field: 'NAME', verdict: 'AGREES' }],
      person: { birthYear: 1964, worker: { id: people.maria.id } },
    });
  });

  it('is asked about again when another candidate has come since; a token of somebody else or of nobody is refused', async () => {
    const una = { legalName: 'Una Park', dateOfBirth: '1990-01-01' };
    await register(people.maria, una);
    const { token } = await register(people.maria, una);
    await register(people.maria, { ...una, notDuplicates: token });
    const third = await register(people.maria, { ...una, notDuplicates: token });
    expect(third.candidates).toHaveLength(2);
    for (const notDuplicates of [third.token, 'no token']) {
      const viewer = notDuplicates === 'no token' ? people.maria : people.jonah;
      const { issues } = await register(viewer, { ...una, notDuplicates });
      expect(issues).toEqual([{ path: 'notDuplicates', code: 'INVALID' }]);
    }
  });

  it('is seen by the second of two who register the person at once', async () => {
    const twice = [
      { legalName: 'Nils Aker', ...phone('+13055550113') },
      { legalName: 'Nils Åker', ...phone('+13055550113') },
      { legalName: 'Aker, Nils', dateOfBirth: '1980-01-02', ...phone('+13055550113') },
    ];
    const before = await count();
    const answers = await Promise.all(
      twice.map((input, place) => register(place % 2 === 0 ? people.maria : people.jonah, input)),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'Client',
      'PossibleDuplicates',
      'PossibleDuplicates',
    ]);
    expect(await count()).toBe(before + 1);
  });
});

describe('an id of another system', () => {
  const hmis = { externalIds: [{ system: 'HMIS', value: ' 77-001 ' }] };

  it('belongs to one client: registering again finds the person, and another client cannot take it', async () => {
    const { id } = await register(people.maria, { legalName: 'Edda Moss', ...hmis });
    const again = await register(people.maria, { legalName: 'Edda Moss', ...hmis });
    expect(again.candidates?.map(({ record }) => record?.id)).toEqual([id]);
    const taken = await register(people.maria, {
      legalName: 'Edda Moss',
      ...hmis,
      notDuplicates: again.token,
    });
    expect(taken.issues).toEqual([{ path: 'externalIds.0', code: 'TAKEN' }]);

    const other = await register(people.maria, { legalName: 'Somebody Else' });
    const update = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) {
      __typename ... on InvalidInput { issues { path code } } } }`;
    const input = { id: other.id, expectedVersion: 1, ...hmis };
    const { data } = await service.ask<{ updateClient: Answer }>(people.maria, update, { input });
    expect(data.updateClient.issues).toEqual([{ path: 'externalIds.0', code: 'TAKEN' }]);
  });

  it('is guarded by the database, whatever the process writes', async () => {
    const { id } = await register(people.maria, {
      legalName: 'Freya Holt',
      externalIds: [{ system: 'MCI', value: '1' }],
    });
    const { id: other } = await register(people.maria, { legalName: 'Gustav Holt' });
    const steal = service.db.query(
      'update client set external_ids = (select external_ids from client where id = $1) where id = $2',
      [id, other],
    );
    await expect(steal).rejects.toThrow('external_id_pkey');
    await service.db.query(`update client set external_ids = '[]' where id = $1`, [id]);
    await service.db.query(
      `update client set external_ids = '[{"system":"MCI","value":"1"}]' where id = $1`,
      [other],
    );
  });
});
