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
  id: string;
  version: number;
  number?: string;
  issues?: { path: string; code: string }[];
}

async function act(name: string, input: object): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${name}(input: $input) { __typename
    ... on CallLine { id version number } ... on InvalidInput { issues { path code } } } }`;
  const { data, errors } = await service.ask<{ it: Answer }>(people.admin, query, { input });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.it;
}

const office = {
  ...{ label: 'Intake desk', kind: 'INTAKE', number: '(305) 555-0100', timeZone: 'America/New_York' },
  hours: [{ days: ['MONDAY'], from: '08:00', to: '17:00' }],
  languages: ['en', 'ht'],
};

describe('a line of the program', () => {
  it('is data: an administrator adds, changes and retires it', async () => {
    const added = await act('addCallLine', office);
    expect(added).toMatchObject({ __typename: 'CallLine', number: '+13055550100' });
    const twice = await act('addCallLine', { ...office, label: 'Again' });
    expect(twice.issues).toEqual([{ path: 'number', code: 'DUPLICATE' }]);

    const changed = await act('changeCallLine', {
      id: added.id,
      expectedVersion: 1,
      number: '305-555-0199 x7',
    });
    expect(changed).toMatchObject({ number: '+13055550199', version: 2 });
    const taken = await act('changeCallLine', {
      id: added.id,
      expectedVersion: 2,
      number: '911',
      extension: null,
    });
    expect(taken.issues).toEqual([{ path: 'number', code: 'DUPLICATE' }]);

    const query = `query ($at: DateTime) { callLines(at: $at, kind: INTAKE, language: "ht") {
      isOpenNow nextOpening closesAt extension hours { days from to } } }`;
    const at = '2026-11-23T15:00:00Z';
    const { data } = await service.ask<{ callLines: object[] }>(people.intake, query, { at });
    expect(data.callLines).toEqual([
      {
        ...{ isOpenNow: true, nextOpening: null, closesAt: '2026-11-23T22:00:00.000Z', extension: '7' },
        hours: office.hours,
      },
    ]);

    const retire = { id: added.id, expectedVersion: 2 };
    expect(await act('retireCallLine', retire)).toMatchObject({ __typename: 'CallLine', version: 3 });
    expect(await act('retireCallLine', { ...retire, expectedVersion: 3 })).toMatchObject({
      __typename: 'InvalidTransition',
    });
    const after = await service.ask<{ callLines: object[] }>(people.intake, query, { at });
    expect(after.data.callLines).toEqual([]);
    expect((await act('addCallLine', { ...office, number: '305 555 0199', extension: '7' })).__typename).toBe(
      'CallLine',
    );
  });

  it('is changed by administrators only', async () => {
    const query = 'mutation ($input: AddCallLineInput!) { addCallLine(input: $input) { __typename } }';
    for (const other of [people.intake, people.supervisor]) {
      const { errors } = await service.ask(other, query, { input: office });
      expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });
});
