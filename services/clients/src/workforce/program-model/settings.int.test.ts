import { eventually } from '@throughline/testing';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Answer {
  __typename: string;
  id: string;
  version: number;
  issues?: { path: string; code: string }[];
}

async function act(name: string, input: object): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { it: ${name}(input: $input) { __typename
    ... on CredentialType { id version } ... on ProgramModel { id version } ... on InvalidInput { issues { path code } } } }`;
  const only = name.includes('Program')
    ? /\.\.\. on CredentialType \{.*?\}/
    : /\.\.\. on ProgramModel \{.*?\}/;
  const { data, errors } = await service.ask<{ it: Answer }>(people.admin, query.replace(only, ''), {
    input,
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.it;
}

describe('what an administrator sets', () => {
  it('is the registry of credentials: a type is added and changed with its version, and its code is unique', async () => {
    const draft = {
      code: 'CPS-A',
      name: 'Certified Prevention Specialist',
      issuer: 'State',
      qualifies: false,
    };
    const wrong = await act('addCredentialType', { ...draft, code: 'cps a', ceHours: 4, ceEthicsHours: 5 });
    expect(wrong.issues).toEqual([
      { path: 'code', code: 'INVALID_FORMAT' },
      { path: 'ceEthicsHours', code: 'OUT_OF_RANGE' },
    ]);
    const added = await act('addCredentialType', { ...draft, cycleMonths: 24, ceHours: 40 });
    expect(added).toMatchObject({ __typename: 'CredentialType', version: 1 });
    expect((await act('addCredentialType', draft)).issues).toEqual([{ path: 'code', code: 'DUPLICATE' }]);

    const change = { id: added.id, expectedVersion: 1, graceDays: 15, cycleMonths: null };
    expect(await act('changeCredentialType', change)).toMatchObject({ version: 2 });
    expect((await act('changeCredentialType', change)).__typename).toBe('StaleVersion');
    const { data } = await service.ask<{ credentialTypes: object[] }>(
      people.maria,
      '{ credentialTypes { code name cycleMonths ceHours graceDays version } }',
    );
    expect(data.credentialTypes).toContainEqual({
      ...{ code: 'CPS-A', name: draft.name, cycleMonths: null, ceHours: 40, graceDays: 15, version: 2 },
    });
  });

  it('moves the timers of credentials that are verified with the days of grace of their type', async () => {
    const grace = async () =>
      (
        await service.db.query<{ payload: { daysLeft: number } }[]>(
          `select payload from graphile_worker._private_jobs where key like 'credential.expiry:%'`,
        )
      ).map(({ payload }) => payload.daysLeft);
    const types = await service.ask<{ credentialTypes: { id: string; code: string; version: number }[] }>(
      people.admin,
      '{ credentialTypes { id code version } }',
    );
    const type = types.data.credentialTypes.find(({ code }) => code === 'CADC');
    await service.db.query(
      `insert into credential (id, staff_id, type_code, issued_on, expires_on, status, evidence, verified_by, verified_at, version)
       values (gen_random_uuid(), $1, 'CADC', current_date - 700, current_date - 2, 'VERIFIED', '[]', $2, now(), 1)`,
      [people.maria.id, people.supervisor.id],
    );
    expect(await grace()).toEqual([]);
    await act('changeCredentialType', { id: type?.id, expectedVersion: type?.version, graceDays: 10 });
    expect(await grace()).toEqual([-11]);
  });

  it('tells other services who is qualified when a type changes what qualifies', async () => {
    const told = async () =>
      (
        await service.db.query<{ isQualified: boolean }[]>(
          `select (payload ->> 'isQualified')::boolean as "isQualified" from outbox
           where type = 'StaffQualificationTold' and key = $1 order by key_sequence`,
          [people.maria.id],
        )
      ).map(({ isQualified }) => isQualified);
    // Her credential ended two days ago: since the test before it is in its days of grace.
    await eventually(async () => expect((await told()).at(-1)).toBe(true));
    const { data } = await service.ask<{ credentialTypes: { id: string; code: string; version: number }[] }>(
      people.admin,
      '{ credentialTypes { id code version } }',
    );
    const type = data.credentialTypes.find(({ code }) => code === 'CADC');
    await act('changeCredentialType', { id: type?.id, expectedVersion: type?.version, qualifies: false });
    await eventually(async () => expect((await told()).at(-1)).toBe(false));
  });

  it('is the limit of each program model: a change tells the new band of each caseload in it', async () => {
    await aClient(service.ask, people.jonah, { legalName: 'Aurelio Santangelo' });
    const models = await service.ask<{
      programModels: { id: string; code: string; points: number; heads: number; version: number }[];
    }>(people.jonah, '{ programModels { id code points heads version } }');
    const standard = models.data.programModels.find(({ code }) => code === 'STANDARD');
    expect(standard).toMatchObject({ points: 40, heads: 45, version: 1 });
    await act('changeProgramModel', { id: standard?.id, expectedVersion: 1, points: 2 });
    await eventually(async () =>
      expect(await service.recorded(people.jonah.id)).toContain('CaseloadBandChanged'),
    );
    const added = await act('addProgramModel', {
      code: 'AFTERCARE',
      label: 'Aftercare',
      points: 40,
      heads: 80,
    });
    expect(added).toMatchObject({ __typename: 'ProgramModel', version: 1 });
    const twice = await act('addProgramModel', { code: 'AFTERCARE', label: 'x', points: 1, heads: 1 });
    expect(twice.issues).toEqual([{ path: 'code', code: 'DUPLICATE' }]);
    const { errors } = await service.ask(
      people.supervisor,
      'mutation { changeProgramModel(input: { id: "x", expectedVersion: 1 }) { __typename } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
