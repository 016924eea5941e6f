import { randomUUID } from 'node:crypto';
import { caseManagerAssigned } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { DataSource } from 'typeorm';
import { HearFigures1700000000110 } from './migrations/0110-hear-figures.ts';
import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

async function asOwner(work: (owner: DataSource) => Promise<unknown>): Promise<void> {
  const { ownerUrl: url } = treatment.database;
  const owner = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
  await work(owner);
  await owner.destroy();
}

/** From now on the handler that fills the table fails at each fact, as with a bug in it. */
const breakWriting = (table: string): Promise<void> =>
  asOwner((owner) => owner.query(`revoke insert on ${table} from treatment_app`));

/** Kinds of entries in the timeline; null where the viewer may not read it. */
async function timelineOf(viewer: Viewer, clientId: string): Promise<string[] | null> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
    ... on Client { timeline { edges { node { kind } } } } } }`;
  const { data } = await treatment.ask<{
    _entities: [{ timeline: { edges: { node: { kind: string } }[] } | null }];
  }>(viewer, query, { c: clientId });
  return data._entities[0].timeline?.edges.map(({ node }) => node.kind) ?? null;
}

const reads = async (viewer: Viewer, clientId: string): Promise<boolean> =>
  (await timelineOf(viewer, clientId)) !== null;

const keptFor = (clientId: string): Promise<unknown[]> =>
  treatment.db.query(
    `select distinct consumer from parked_message where key = $1 and state in ('WAITING', 'PARKED')`,
    [clientId],
  );

describe('the figures', () => {
  it('go on where the view stood in the release before, so that a rebuild knows every key', async () => {
    const clientId = await treatment.assign(randomUUID(), randomUUID());
    const positions = (consumer: string) =>
      treatment.db.query<object[]>(
        `select topic, key, last_sequence from inbox_key where consumer = $1 and key = $2`,
        [consumer, clientId],
      );
    await asOwner(async (owner) => {
      const runner = owner.createQueryRunner();
      await new HearFigures1700000000110().down(runner);
      expect(await positions('treatment.figures')).toEqual([]);
      await new HearFigures1700000000110().up(runner);
      await runner.release();
    });
    const stands = await positions('treatment.view');
    expect(stands.length).toBeGreaterThan(0);
    expect(await positions('treatment.figures')).toEqual(stands);
  });

  it('that fail delay no timeline', async () => {
    const maria = staff('CASE_MANAGER');
    await breakWriting('measure_fact');
    const clientId = await treatment.assign(maria.id, randomUUID());
    expect(await timelineOf(maria, clientId)).toContain('CaseManagerAssigned');
    expect(await keptFor(clientId)).toEqual([{ consumer: 'treatment.figures' }]);
    await asOwner((owner) => owner.query('grant insert on measure_fact to treatment_app'));
  });
});

describe('a view that fails', () => {
  it('delays nobody’s permission: the former case manager reads no more, the new one does', async () => {
    const [former, next] = [staff('CASE_MANAGER'), staff('CASE_MANAGER')];
    const clientId = await treatment.assign(former.id, randomUUID());
    expect([await reads(former, clientId), await reads(next, clientId)]).toEqual([true, false]);

    await breakWriting('timeline_entry');
    await treatment.tell(
      'clients',
      caseManagerAssigned.of(clientId, new Date(), {
        ...{ clientId, caseId: randomUUID(), supervisorId: randomUUID(), caseManagerId: next.id },
      }),
    );

    expect([await reads(former, clientId), await reads(next, clientId)]).toEqual([false, true]);
    expect(await keptFor(clientId)).toEqual([{ consumer: 'treatment.view' }]);
  });
});
