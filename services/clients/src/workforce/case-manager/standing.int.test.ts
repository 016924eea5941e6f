import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { aClient, hire, testService } from '../../test-service.ts';

let service: Awaited<ReturnType<typeof testService>>;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const change = (id: string, input: object) =>
  service.ask(
    people.admin,
    'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }',
    { input: { id, expectedVersion: 1, ...input } },
  );

/** The code of the refusal, or what the client is to the viewer. */
async function sees(viewer: Viewer, id: string): Promise<unknown> {
  const query = 'query ($id: ID!) { client(id: $id) { id } }';
  const { data, errors } = await service.ask<{ client: { id: string } | null } | null>(viewer, query, { id });
  return errors[0]?.extensions?.code ?? data?.client;
}

describe('the staff record', () => {
  it('shuts out from the next request on who is not active any more', async () => {
    const { id } = await aClient(service.ask, people.maria);
    expect(await sees(people.maria, id)).toEqual({ id });
    await change(people.maria.id, { active: false });
    await eventually(async () => expect(await sees(people.maria, id)).toBe('UNAUTHENTICATED'));
  });

  it('takes away a role that the token still names', async () => {
    const { id } = await aClient(service.ask, people.jonah);
    expect(await sees(people.jonah, id)).toEqual({ id });
    await change(people.jonah.id, { roles: ['QUALITY_ANALYST'] });
    await eventually(async () => expect(await sees(people.jonah, id)).toBeNull());
  });
});
