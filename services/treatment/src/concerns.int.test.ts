import { randomUUID } from 'node:crypto';
import { caseManagerAssigned } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { DataSource } from 'typeorm';
import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

/** From now on the handler of the timeline fails at each fact, as with a bug in it. */
async function breakTheTimeline(): Promise<void> {
  const owner = await new DataSource({
    type: 'postgres',
    url: treatment.database.ownerUrl,
    poolSize: 1,
  }).initialize();
  await owner.query('revoke insert on timeline_entry from treatment_app');
  await owner.destroy();
}

async function reads(viewer: Viewer, clientId: string): Promise<boolean> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
    ... on Client { timeline { edges { node { kind } } } } } }`;
  const { data } = await treatment.ask<{ _entities: [{ timeline: object | null }] }>(viewer, query, {
    c: clientId,
  });
  return data._entities[0].timeline !== null;
}

describe('a view that fails', () => {
  it('delays nobody’s permission: the former case manager reads no more, the new one does', async () => {
    const [former, next] = [staff('CASE_MANAGER'), staff('CASE_MANAGER')];
    const clientId = await treatment.assign(former.id, randomUUID());
    expect([await reads(former, clientId), await reads(next, clientId)]).toEqual([true, false]);

    await breakTheTimeline();
    await treatment.tell(
      'clients',
      caseManagerAssigned.of(clientId, new Date(), {
        ...{ clientId, caseId: randomUUID(), supervisorId: randomUUID(), caseManagerId: next.id },
      }),
    );

    expect([await reads(former, clientId), await reads(next, clientId)]).toEqual([false, true]);
    const kept: unknown[] = await treatment.service.dataSource.query(
      `select distinct consumer from parked_message where state in ('WAITING', 'PARKED')`,
    );
    expect(kept).toEqual([{ consumer: 'treatment.view' }]);
  });
});
