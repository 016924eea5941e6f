import { randomUUID } from 'node:crypto';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');

beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const FIELDS = `__typename ... on Problem { message ... on InvalidInput { issues { path code } } }`;
const EPISODE = `... on Episode { id version phase stage allowedPhases admittedAt endedAt endReason }`;
interface Episode extends Record<string, unknown> {
  __typename: string;
  id: string;
}
const call = async (viewer: typeof maria, mutation: string, type: string, input: object) => {
  const query = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { ${FIELDS} ${EPISODE} } }`;
  const { data, errors } = await treatment.ask<{ result: Episode }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.result;
};
const start = (input: object) => call(maria, 'startEpisode', 'StartEpisodeInput', input);
const change = (input: object) => call(maria, 'changeEpisodePhase', 'ChangeEpisodePhaseInput', input);
const end = (input: object) => call(maria, 'endEpisode', 'EndEpisodeInput', input);

describe('an episode', () => {
  it('goes from inquiry to its end', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await start({ clientId, kind: 'SUD', dateOfFirstContact: '2026-01-05' });
    const admitted = await change({ id, expectedVersion: 1, phase: 'ADMITTED' });
    expect(admitted).toMatchObject({ stage: 'IN_TREATMENT', allowedPhases: ['STABILISATION', 'ACTIVE'] });
    expect(admitted.admittedAt).not.toBeNull();
    const skipped = await change({ id, expectedVersion: 2, phase: 'MONITORING' });
    expect(skipped.__typename).toBe('InvalidTransition');
    expect((await change({ id, expectedVersion: 1, phase: 'ACTIVE' })).__typename).toBe('StaleVersion');
    const how = { dischargeType: 'COMPLETED', endReason: 'TREATMENT_COMPLETED' };
    const ended = await end({ id, expectedVersion: 2, ...how });
    expect(ended).toMatchObject({ phase: 'ENDED', endReason: 'TREATMENT_COMPLETED', allowedPhases: [] });
    expect((await end({ id, expectedVersion: 3, ...how })).__typename).toBe('InvalidTransition');
  });

  it('is one at a time: the next can start when this one has ended', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const both = await Promise.all([1, 2].map(() => start({ clientId, kind: 'MH' })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Episode', 'EpisodeStillOpen']);
    const { id } = both.find(({ __typename }) => __typename === 'Episode')!;
    await end({ id, expectedVersion: 1, dischargeType: 'OTHER', endReason: 'MOVED' });
    expect((await start({ clientId, kind: 'MH' })).__typename).toBe('Episode');
  });

  it('is started once per idempotency key', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const input = { clientId, kind: 'MH', idempotencyKey: randomUUID() };
    const first = await start(input);
    expect(await start(input)).toEqual(first);
  });

  it.each([
    ['in the middle', { phase: 'STEP_DOWN' }, { issues: [{ path: 'phase', code: 'NOT_A_BEGINNING' }] }],
    [
      'with a contact in the future',
      { dateOfFirstContact: '2099-01-01' },
      { issues: [{ path: 'dateOfFirstContact', code: 'IN_FUTURE' }] },
    ],
    [
      'for a client whose id is none',
      { clientId: 'nonsense' },
      { issues: [{ path: 'clientId', code: 'INVALID_ID' }] },
    ],
  ])('cannot begin %s', async (_case, changes, problem) => {
    const clientId = await treatment.assign(maria.id, sam.id);
    expect(await start({ clientId, kind: 'SUD', ...changes })).toMatchObject(problem);
  });

  it('follows the client to the new case manager, and only there', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await start({ clientId, kind: 'SUD' });
    const otto = staff('CASE_MANAGER');
    const query = `query ($id: ID!) { episode(id: $id) { phase } }`;
    expect((await treatment.ask(otto, query, { id })).data).toEqual({ episode: null });
    await treatment.assign(otto.id, sam.id, clientId);
    expect((await treatment.ask(otto, query, { id })).data).toEqual({ episode: { phase: 'INQUIRY' } });
    expect((await treatment.ask(maria, query, { id })).data).toEqual({ episode: null });
  });
});
