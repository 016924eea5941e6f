import type { Viewer } from '@throughline/graphql';
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
  version?: number;
  modifiers?: string[] | null;
}
async function set(viewer: Viewer, caseId: string, input: object): Promise<Answer | undefined> {
  const mutation = `mutation ($input: SetCaseModifiersInput!) { setCaseModifiers(input: $input) {
    __typename ... on CaseFile { version modifiers } } }`;
  const { data } = await service.ask<{ setCaseModifiers: Answer } | null>(viewer, mutation, {
    input: { caseId, ...input },
  });
  return data?.setCaseModifiers;
}
const points = async (): Promise<number> => {
  const query = '{ me { caseload { points } } }';
  const { me } = await service.get<{ me: { caseload: { points: number } } }>(people.maria, query);
  return me.caseload.points;
};

describe('modifiers of a case', () => {
  it('weigh in the caseload, each once, and the last saying counts', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
    const caseId = activeCase.id;
    const before = await points();
    const both = ['RURAL_TRAVEL', 'JUSTICE_RELEASE_LT_30D', 'RURAL_TRAVEL'];
    expect(await set(people.maria, caseId, { modifiers: both, expectedVersion: 1 })).toEqual({
      ...{ __typename: 'CaseFile', version: 2 },
      modifiers: ['JUSTICE_RELEASE_LT_30D', 'RURAL_TRAVEL'],
    });
    // MODERATE 1.5 × ASSESSMENT 1.5 × 0.25 for each of the two. Source: infra/reference/domain.md 1.4.
    expect((await points()) - before).toBe(1.125);
    expect(await set(people.maria, caseId, { modifiers: [], expectedVersion: 2 })).toMatchObject({
      modifiers: [],
    });
    expect(await points()).toBe(before);
    const facts = (await service.recorded(clientId)).filter((type) => type === 'CaseDescribed');
    expect(facts).toHaveLength(2);
  });

  it('are said by those who work with the person, of the version that they read', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const saying = { modifiers: ['RURAL_TRAVEL'], expectedVersion: 1 };
    expect(await set(people.jonah, activeCase.id, saying)).toEqual({ __typename: 'NotFound' });
    expect(await set(people.maria, 'nobody', saying)).toEqual({ __typename: 'InvalidInput' });
    expect(await set(people.maria, activeCase.id, { ...saying, expectedVersion: 2 })).toEqual({
      __typename: 'StaleVersion',
    });
    await set(people.privacy, activeCase.id, saying);
    expect(await set(people.maria, activeCase.id, saying)).toMatchObject({ version: 2 });
  });
});
