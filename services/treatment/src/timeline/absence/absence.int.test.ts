import { randomUUID } from 'node:crypto';
import { referralFacts, staffRecorded, type Fact } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const [left, back] = [new Date('2036-03-05T05:00:00Z'), new Date('2036-03-10T04:00:00Z')];
const around = (moment: Date, ms: number) => new Date(moment.getTime() + ms);

beforeAll(async () => {
  treatment = await testTreatment({ now: around(left, -3_600_000) });
});
afterAll(() => treatment.close());

const stands = ({ id, roles }: Viewer, at: Date, coverId: string | null = null) => {
  const known = { staffId: id, supervisorId: null, roles: [...roles], timeZone: null, active: true };
  return staffRecorded.of(id, at, { ...known, away: coverId !== null, coverId });
};
const by = (viewer: Viewer, fact: Fact) =>
  treatment.hear([fact], { source: 'referrals', actor: { kind: 'STAFF', id: viewer.id } });
const sent = (clientId: string, at: Date) => {
  const referralId = randomUUID();
  return referralFacts.sent.of(referralId, at, {
    referralId,
    clientId,
    caseManagerId: randomUUID(),
    dueAt: null,
  });
};

const QUERY = `query ($id: ID!, $only: Boolean, $after: Cursor, $first: Int) {
  _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember { sinceYouLeft {
    from until cover { id } entries(onlyInYourName: $only, first: $first, after: $after) {
      edges { node { inYourName client { id } entry { kind occurredAt } } } pageInfo { hasNextPage endCursor } } } } } }`;
interface Entry {
  inYourName: boolean;
  client: { id: string };
  entry: { kind: string; occurredAt: string };
}
interface HandBack {
  from: string;
  until: string | null;
  cover: { id: string } | null;
  entries: { edges: { node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}
const sinceYouLeft = async (viewer: Viewer, args: object = {}, id = viewer.id): Promise<HandBack | null> => {
  const { data, errors } = await treatment.ask<{ _entities: { sinceYouLeft: HandBack | null }[] }>(
    viewer,
    QUERY,
    {
      id,
      ...args,
    },
  );
  expect(errors).toEqual([]);
  return data._entities[0]?.sinceYouLeft ?? null;
};
const times = (found: HandBack | null) => found?.entries.edges.map(({ node }) => node.entry.occurredAt);

describe('since you left', () => {
  it('is what happened in exactly the time of the absence, and what was done in your name', async () => {
    const [maria, jonah, sam] = [staff('CASE_MANAGER'), staff('CASE_MANAGER'), staff('SUPERVISOR')];
    const clientId = await treatment.assign(maria.id, sam.id);
    expect(await sinceYouLeft(maria)).toBeNull();
    const inside = [left, around(left, 1), around(back, -1)];
    await treatment.tell('clients', stands(maria, left, jonah.id));
    for (const at of [around(left, -1), ...inside, back]) await by(jonah, sent(clientId, at));
    await by(maria, sent(clientId, around(left, 2)));
    await by(sam, sent(clientId, around(left, 3)));
    expect(await sinceYouLeft(maria)).toMatchObject({ until: null, cover: { id: jonah.id } });

    await treatment.tell('clients', stands(maria, back));
    const found = await sinceYouLeft(maria);
    expect(found).toMatchObject({ from: left.toISOString(), until: back.toISOString() });
    expect(found?.entries.edges.map(({ node }) => [node.entry.occurredAt, node.inYourName])).toEqual([
      [left.toISOString(), true],
      [around(left, 1).toISOString(), true],
      [around(left, 3).toISOString(), false],
      [around(back, -1).toISOString(), true],
    ]);
    expect(times(await sinceYouLeft(maria, { only: true }))).toEqual(inside.map((at) => at.toISOString()));

    const first = await sinceYouLeft(maria, { first: 3 });
    const { endCursor, hasNextPage } = first!.entries.pageInfo;
    expect(hasNextPage).toBe(true);
    expect(times(await sinceYouLeft(maria, { after: endCursor }))).toEqual([around(back, -1).toISOString()]);
  });

  it('is read by nobody else, and has no client who is not yours any more', async () => {
    const [maria, jonah, sam] = [staff('CASE_MANAGER'), staff('CASE_MANAGER'), staff('SUPERVISOR')];
    const clientId = await treatment.assign(maria.id, sam.id);
    await treatment.tell('clients', stands(maria, left, jonah.id));
    await by(jonah, sent(clientId, around(left, 1)));
    for (const viewer of [jonah, sam]) expect(await sinceYouLeft(viewer, {}, maria.id)).toBeNull();
    expect(times(await sinceYouLeft(maria))).toHaveLength(1);
    await treatment.assign(jonah.id, sam.id, clientId);
    expect(times(await sinceYouLeft(maria))).toEqual([]);
  });
});
