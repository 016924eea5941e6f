import { randomUUID } from 'node:crypto';
import { caseManagerAssigned, crisisAcknowledged, crisisResolved, staffRecorded } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const formerly = staff('SUPERVISOR');
const today = staff('SUPERVISOR');
const recorded = (staffId: string, supervisor: Viewer) =>
  staffRecorded.of(staffId, new Date(), {
    ...{ staffId, supervisorId: supervisor.id, roles: ['CASE_MANAGER'], timeZone: null, active: true },
  });

async function reads(viewer: Viewer, clientId: string): Promise<boolean> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
    ... on Client { timeline { edges { node { kind } } } } } }`;
  const { data } = await treatment.ask<{ _entities: [{ timeline: object | null }] }>(viewer, query, {
    c: clientId,
  });
  return data._entities[0].timeline !== null;
}

describe('the supervisor of a client’s case manager', () => {
  it('is the one of the staff record, though an older assignment comes late', async () => {
    const manager = randomUUID();
    await treatment.tell('clients', recorded(manager, today));
    const clientId = await treatment.assign(manager, formerly.id);
    expect(await reads(today, clientId)).toBe(true);
    expect(await reads(formerly, clientId)).toBe(false);
  });

  it('is the one of the assignment while no staff record was heard of', async () => {
    const clientId = await treatment.assign(randomUUID(), formerly.id);
    expect(await reads(formerly, clientId)).toBe(true);
  });

  it('is right for both orders of the two, and for both at once', async () => {
    const managers = Array.from({ length: 20 }, () => randomUUID());
    const clients = await Promise.all(
      managers.map(async (manager) => {
        const clientId = randomUUID();
        const team = { clientId, caseId: randomUUID(), caseManagerId: manager, supervisorId: formerly.id };
        const fact = caseManagerAssigned.of(clientId, new Date(), team);
        await Promise.all([
          treatment.tell('clients', fact),
          treatment.tell('clients', recorded(manager, today)),
        ]);
        return clientId;
      }),
    );
    for (const clientId of clients) {
      expect(await reads(today, clientId)).toBe(true);
      expect(await reads(formerly, clientId)).toBe(false);
    }
  });
});

describe('who took a crisis over', () => {
  const sees = async (viewer: Viewer, clientId: string) => {
    const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
      ... on Client { openCrisisAlerts { level } timeline { pageInfo { endCursor } } } } }`;
    const { data } = await treatment.ask<{ _entities: [Record<string, object | null>] }>(viewer, query, {
      c: clientId,
    });
    const [{ openCrisisAlerts, timeline }] = data._entities;
    return [openCrisisAlerts !== null, timeline !== null];
  };

  it('reads the clinical record and not the rest, until the danger is over; a director reads neither', async () => {
    const clientId = await treatment.assign(randomUUID(), randomUUID());
    const [onCall, director] = [staff('CLINICIAN'), staff('PROGRAM_ADMIN')];
    expect(await sees(onCall, clientId)).toEqual([false, false]);
    const alertId = randomUUID();
    for (const { id: acknowledgedBy } of [onCall, director]) {
      const taken = { alertId, clientId, acknowledgedBy };
      await treatment.tell('treatment', crisisAcknowledged.of(clientId, new Date(), taken));
    }
    expect(await sees(onCall, clientId)).toEqual([true, false]);
    expect(await sees(director, clientId)).toEqual([false, false]);
    // The clock of the copy that resolved it is behind.
    const before = new Date(Date.now() - 60_000);
    await treatment.tell('treatment', crisisResolved.of(clientId, before, { alertId, clientId }));
    expect(await sees(onCall, clientId)).toEqual([false, false]);
  });
});
