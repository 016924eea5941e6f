import { randomUUID } from 'node:crypto';
import { staffRecorded } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const record = (staffId: string, roles: string[], active = true) =>
  treatment.tell(
    'clients',
    staffRecorded.of(staffId, new Date(), { staffId, supervisorId: null, roles, timeZone: null, active }),
  );

const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
  ... on Client { episodes { id } } } }`;

/** What the viewer gets for the episodes of a client: a list, nothing, or the code of a refusal. */
async function reads(viewer: Viewer, c: string): Promise<unknown> {
  const { data, errors } = await treatment.ask<{ _entities: [{ episodes: unknown }] } | null>(viewer, query, {
    c,
  });
  return errors[0]?.extensions?.code ?? data?._entities[0].episodes;
}

/** A case manager with a staff record and a client. */
async function aCaseManager(): Promise<{ maria: Viewer; clientId: string }> {
  const maria = staff('CASE_MANAGER');
  await record(maria.id, ['CASE_MANAGER']);
  const clientId = await treatment.assign(maria.id, randomUUID());
  await eventually(async () => expect(await reads(maria, clientId)).toEqual([]));
  return { maria, clientId };
}

describe('a member of staff', () => {
  it('who was set inactive is refused, and admitted when active again', async () => {
    const { maria, clientId } = await aCaseManager();
    await record(maria.id, ['CASE_MANAGER'], false);
    await eventually(async () => expect(await reads(maria, clientId)).toBe('UNAUTHENTICATED'));
    await record(maria.id, ['CASE_MANAGER']);
    await eventually(async () => expect(await reads(maria, clientId)).toEqual([]));
  });

  it('who was set inactive changes nothing either', async () => {
    const { maria, clientId } = await aCaseManager();
    await record(maria.id, ['CASE_MANAGER'], false);
    await eventually(async () => expect(await reads(maria, clientId)).toBe('UNAUTHENTICATED'));
    const start = 'mutation ($c: ID!) { startEpisode(input: { clientId: $c, kind: SUD }) { __typename } }';
    expect((await treatment.ask(maria, start, { c: clientId })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    const rows: unknown[] = await treatment.service.dataSource.query(
      'select from episode where client_id = $1',
      [clientId],
    );
    expect(rows).toEqual([]);
  });

  it('keeps only those roles of the token that the record names', async () => {
    const { maria, clientId } = await aCaseManager();
    await record(maria.id, ['INTAKE_WORKER']);
    await eventually(async () => expect(await reads(maria, clientId)).toBeNull());
  });

  it('without a staff record has the roles of the token', async () => {
    const maria = staff('CASE_MANAGER');
    expect(await reads(maria, await treatment.assign(maria.id, randomUUID()))).toEqual([]);
  });

  it('is refused although the connection that hears of changes is lost', async () => {
    const { maria, clientId } = await aCaseManager();
    const ended: unknown[] = await treatment.service.dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'standings'`,
    );
    expect(ended).toHaveLength(1);
    await record(maria.id, ['CASE_MANAGER'], false);
    await eventually(async () => expect(await reads(maria, clientId)).toBe('UNAUTHENTICATED'));
  });
});
