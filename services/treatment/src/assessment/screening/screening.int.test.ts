import { randomUUID } from 'node:crypto';
import { uuidV7 } from '@throughline/events';
import { dayIn } from '@throughline/privacy';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
let clientId: string;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const stranger = staff('CASE_MANAGER');

beforeAll(async () => {
  treatment = await testTreatment();
  clientId = await treatment.assign(maria.id, sam.id);
});
afterAll(() => treatment.close());

const RECORD = `mutation ($input: RecordScreeningInput!) { recordScreening(input: $input) {
  __typename
  ... on Screening { id total band positive prorated flags missingItems signedAt supersedes { id }
    answers { item value } access { field allowed reason } administeredOn }
  ... on Problem { message }
  ... on InvalidInput { issues { path code } }
  ... on InstrumentNotForAge { youngest oldest }
} }`;
interface Recorded {
  recordScreening: Record<string, unknown> & { id: string; __typename: string };
}
const answers = (last: number, value = 1) =>
  Array.from({ length: 9 }, (_, index) => ({ item: index + 1, value: index === 8 ? last : value }));
const anInput = (changes: object = {}) => ({
  clientId,
  instrument: 'PHQ-9',
  answers: answers(0),
  ...changes,
});
const recordAs = async (viewer: typeof maria, changes: object = {}) => {
  const answer = await treatment.ask<Recorded>(viewer, RECORD, { input: anInput(changes) });
  expect(answer.errors).toEqual([]);
  return answer.data.recordScreening;
};
const facts = (type: string, id: string) =>
  treatment.service.dataSource.query<{ payload: Record<string, unknown> }[]>(
    `select payload from outbox where type = $1 and payload->>'screeningId' = $2`,
    [type, id],
  );

describe('a screening', () => {
  it('is scored by the server, signed, and told without instrument or result', async () => {
    const recorded = await recordAs(maria);
    expect(recorded).toMatchObject({ total: 8, band: 'MILD', positive: false, prorated: false, flags: [] });
    expect(recorded).toMatchObject({ answers: answers(0), access: [{ field: 'answers', allowed: true }] });
    const [fact] = await facts('ScreeningScored', recorded.id);
    expect(Object.keys(fact!.payload).sort()).toEqual(['clientId', 'screeningId']);
  });

  it('with item 9 answered raises a flag that names case manager and supervisor', async () => {
    const { id, flags } = await recordAs(maria, { answers: answers(1) });
    expect(flags).toEqual(['SUICIDE_ITEM']);
    const raised = await facts('SafetyFlagRaised', id);
    expect(raised.map(({ payload }) => payload)).toEqual([
      {
        screeningId: id,
        clientId,
        authorId: maria.id,
        caseManagerId: maria.id,
        supervisorId: sam.id,
      },
    ]);
  });

  it('is corrected by a new one, once; the old one stays readable', async () => {
    const own = await treatment.assign(maria.id, sam.id);
    const first = await recordAs(maria, { clientId: own, answers: answers(2) });
    const correction = { clientId: own, answers: answers(0), supersedes: first.id };
    const second = await recordAs(maria, correction);
    expect(second).toMatchObject({ total: 8, supersedes: { id: first.id } });
    expect(await recordAs(maria, correction)).toMatchObject({ __typename: 'InvalidTransition' });

    const query = `query ($c: ID!, $s: ID!) { screening(id: $s) { total supersededBy { id } }
      _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
        openSafetyFlags { flag } screenings { edges { node { id } } } } } }`;
    const { data } = await treatment.ask(maria, query, { c: own, s: first.id });
    expect(data).toEqual({
      screening: { total: 10, supersededBy: { id: second.id } },
      _entities: [{ openSafetyFlags: [], screenings: { edges: [{ node: { id: second.id } }] } }],
    });
  });

  it('lets only one of two corrections at the same moment through', async () => {
    const first = await recordAs(maria);
    const both = await Promise.all([1, 2].map(() => recordAs(maria, { supersedes: first.id })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['InvalidTransition', 'Screening']);
  });

  it.each([
    ['an unknown tool', { instrument: 'PHQ-99' }, { issues: [{ path: 'instrument', code: 'UNKNOWN' }] }],
    ['no answers', { answers: [] }, { issues: [{ path: 'answers', code: 'MISSING' }] }],
    [
      'a value out of range',
      { answers: [{ item: 9, value: 4 }] },
      { issues: [{ path: 'answers.0', code: 'NOT_OFFERED' }] },
    ],
    [
      'an item that does not exist, with every other fault',
      {
        answers: [
          { item: 11, value: 0 },
          { item: 9, value: -1 },
        ],
      },
      {
        issues: [
          { path: 'answers.0', code: 'UNKNOWN_ITEM' },
          { path: 'answers.1', code: 'NOT_OFFERED' },
        ],
      },
    ],
    [
      'an item that is answered twice',
      {
        answers: [
          { item: 9, value: 1 },
          { item: 9, value: 1 },
        ],
      },
      { issues: [{ path: 'answers.1', code: 'ANSWERED_TWICE' }] },
    ],
    [
      'a day in the future',
      { administeredOn: '2099-01-01' },
      { issues: [{ path: 'administeredOn', code: 'IN_FUTURE' }] },
    ],
    ['somebody else’s correction', { supersedes: randomUUID() }, { __typename: 'NotFound' }],
    ['a nonsense id', { supersedes: 'nonsense' }, { issues: [{ path: 'supersedes', code: 'INVALID_ID' }] }],
  ])('is refused for %s', async (_case, changes, problem) => {
    expect(await recordAs(maria, changes)).toMatchObject(problem);
  });

  it('is refused for a child, whatever the caller says of the age', async () => {
    const child = await treatment.assign(maria.id, sam.id);
    await treatment.age(child, 'AGE_13_17');
    const refusal = { __typename: 'InstrumentNotForAge', youngest: 18, oldest: null };
    expect(await recordAs(maria, { clientId: child })).toMatchObject(refusal);
    const stated = await treatment.ask(maria, RECORD, { input: { ...anInput(), clientAge: 40 } });
    expect(stated.errors[0]?.message).toContain('"clientAge" is not defined');

    await treatment.age(child, 'AGE_18_64', 'BIRTHDAY');
    expect((await recordAs(maria, { clientId: child })).__typename).toBe('Screening');
    // An older screening on paper: the client was a minor then.
    const before = { clientId: child, administeredOn: '2019-01-01' };
    expect(await recordAs(maria, before)).toMatchObject(refusal);
  });

  it('is refused while the age is not known, and after a correction by the corrected age', async () => {
    const somebody = await treatment.assign(maria.id, sam.id);
    await treatment.age(somebody, null);
    const { __typename, message } = await recordAs(maria, { clientId: somebody });
    expect([__typename, message]).toEqual(['InstrumentNotForAge', expect.stringContaining('date of birth')]);
    await treatment.age(somebody, 'AGE_65_PLUS');
    expect((await recordAs(maria, { clientId: somebody })).__typename).toBe('Screening');
  });

  it('of a day before the birth is told with all other faults', async () => {
    const input = { answers: [{ item: 9, value: 4 }], administeredOn: '1950-01-01' };
    expect((await recordAs(maria, input)).issues).toEqual([
      { path: 'answers.0', code: 'NOT_OFFERED' },
      { path: 'administeredOn', code: 'BEFORE_BIRTH' },
    ]);
    const lastWeek = dayIn('UTC', new Date(Date.now() - 7 * 86_400_000));
    expect((await recordAs(maria, { administeredOn: lastWeek })).__typename).toBe('Screening');
  });

  it('is recorded once per idempotency key', async () => {
    const idempotencyKey = randomUUID();
    const first = await recordAs(maria, { idempotencyKey });
    expect(await recordAs(maria, { idempotencyKey })).toEqual(first);
    const other = await recordAs(maria, { idempotencyKey, language: 'es' });
    expect(other.__typename).toBe('IdempotencyConflict');
    expect(await facts('ScreeningScored', first.id)).toHaveLength(1);
  });

  it('waits for a client whose registration is still on its way', async () => {
    const newcomer = uuidV7(new Date());
    const recording = recordAs(maria, { clientId: newcomer });
    await treatment.assign(maria.id, sam.id, newcomer);
    expect((await recording).__typename).toBe('Screening');
  });

  it('of a stranger’s client looks like one that does not exist', async () => {
    const { id } = await recordAs(maria);
    const query = `query ($id: ID!) { screening(id: $id) { id }
      _entities(representations: [{ __typename: "Screening", id: $id }]) { ... on Screening { total } } }`;
    const foreign = await treatment.ask(stranger, query, { id });
    for (const unknown of [randomUUID(), 'nonsense', 'x'.repeat(100_000)]) {
      expect(await treatment.ask(stranger, query, { id: unknown })).toEqual(foreign);
    }
    expect(foreign).toEqual({ status: 200, errors: [], data: { screening: null, _entities: [null] } });
    const refused = await recordAs(stranger);
    expect(refused).toEqual(await recordAs(stranger, { clientId: randomUUID() }));
    expect(refused.__typename).toBe('NotFound');
  });

  it('keeps its answers from a peer specialist on the team', async () => {
    const peer = staff('PEER_SPECIALIST');
    const shared = await treatment.assign(peer.id, sam.id);
    const { id } = await recordAs(sam, { clientId: shared });
    const query = `query ($id: ID!) { screening(id: $id) { band answers { item } access { reason } } }`;
    const { data } = await treatment.ask(peer, query, { id });
    expect(data).toEqual({
      screening: { band: 'MILD', answers: null, access: [{ reason: 'ROLE_FORBIDDEN' }] },
    });
    const refused = await treatment.ask(peer, RECORD, { input: anInput({ clientId: shared }) });
    expect(refused.errors.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
  });

  it('comes back in pages, newest first, one tool if asked', async () => {
    const own = await treatment.assign(maria.id, sam.id);
    const dates = ['2026-01-05', '2026-03-05', '2026-02-05'];
    for (const administeredOn of dates) await recordAs(maria, { clientId: own, administeredOn });
    const query = `query ($c: ID!, $after: Cursor, $tool: String) {
      _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
        screenings(first: 2, after: $after, instrument: $tool) {
          edges { node { administeredOn } } pageInfo { hasNextPage endCursor } } } } }`;
    const page = async (variables: object) => {
      const { data } = await treatment.ask<{ _entities: { screenings: Page }[] }>(maria, query, {
        c: own,
        ...variables,
      });
      return data._entities[0]!.screenings;
    };
    const first = await page({});
    expect(first.edges.map(({ node }) => node.administeredOn)).toEqual(['2026-03-05', '2026-02-05']);
    const second = await page({ after: first.pageInfo.endCursor });
    expect(second.edges.map(({ node }) => node.administeredOn)).toEqual(['2026-01-05']);
    expect((await page({ tool: 'GAD-7' })).edges).toEqual([]);
  });

  it('shows up in the client’s timeline through the service’s own facts', async () => {
    const own = await treatment.assign(maria.id, sam.id);
    const { id } = await recordAs(maria, { clientId: own, answers: answers(1) });
    const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
      ... on Client { timeline { edges { node { kind actor { staff { id } }
        subject { __typename ... on Screening { id total } } } } } } } }`;
    await eventually(async () => {
      const { data } = await treatment.ask<{ _entities: [{ timeline: { edges: unknown[] } }] }>(
        maria,
        query,
        {
          c: own,
        },
      );
      const subject = { __typename: 'Screening', id, total: 9 };
      expect(data._entities[0].timeline.edges.slice(2, 4)).toEqual([
        { node: { kind: 'ScreeningScored', actor: { staff: { id: maria.id } }, subject } },
        { node: { kind: 'SafetyFlagRaised', actor: { staff: { id: maria.id } }, subject } },
      ]);
    });
  });
});

interface Page {
  edges: { node: { administeredOn: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
