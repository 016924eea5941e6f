import {
  caseOpened,
  caseRoleAssigned,
  crisisAcknowledged,
  crisisOpened,
  crisisPageAcknowledged,
  staffRecorded,
  uuidV7,
} from '@throughline/events';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

// 03:00 in New York.
const night = new Date('2036-03-03T08:00:00Z');
const id = () => uuidV7(night);
const maria = aViewer(id(), ['CASE_MANAGER']);
const bea = aViewer(id(), ['CASE_MANAGER']);
const lena = aViewer(id(), ['CLINICIAN']);
const sam = aViewer(id(), ['SUPERVISOR']);
const pat = aViewer(id(), ['PROGRAM_ADMIN']);
const chain = [maria, bea, lena, sam, pat];

let service: TestService;
beforeAll(async () => {
  service = await testService();
  service.clock.now = night;
  const staff = (staffId: string, supervisorId: string | null, role: string) =>
    staffRecorded.of(staffId, night, { staffId, supervisorId, roles: [role], timeZone: null, active: true });
  await service.hear([
    staff(maria.id, sam.id, 'CASE_MANAGER'),
    staff(bea.id, sam.id, 'CASE_MANAGER'),
    staff(lena.id, sam.id, 'CLINICIAN'),
    staff(sam.id, null, 'SUPERVISOR'),
    staff(pat.id, null, 'PROGRAM_ADMIN'),
  ]);
  const plan = `mutation { planOnCall(input: { staffId: "${lena.id}", from: "2036-03-03T00:00:00Z", until: "2036-03-04T00:00:00Z" })
    { __typename ... on InvalidInput { issues { code } } } }`;
  const planned = () => service.ask<{ planOnCall: object }>(sam, plan);
  expect(await planned()).toMatchObject({ planOnCall: { __typename: 'OnCallDuty' } });
  expect(await planned()).toMatchObject({ planOnCall: { issues: [{ code: 'OVERLAPS' }] } });
});
afterAll(() => service.close());
beforeEach(() => {
  service.clock.now = night;
});

interface Page {
  id: string;
  state: string;
  subject: { __typename: string; id: string };
  acknowledgedBy: { id: string } | null;
}
async function pagesOf(viewer: typeof maria, alertId: string): Promise<Page[]> {
  const query = `{ myNotifications(codes: [CRISIS_L1, CRISIS_L2], first: 100) { edges { node {
    id state acknowledgedBy { id } subject { __typename ... on CrisisAlert { id } } } } } }`;
  const data = await service.ask<{ myNotifications: { edges: { node: Page }[] } }>(viewer, query);
  return data.myNotifications.edges.map(({ node }) => node).filter(({ subject }) => subject.id === alertId);
}
/** How many of the chain were told, in its order. */
const told = async (alertId: string) =>
  Promise.all(chain.map(async (one) => (await pagesOf(one, alertId)).length));

async function open(level: number, { backup = true, at = night } = {}) {
  const [clientId, alertId] = [id(), id()];
  const names = { alertId, clientId, level, caseManagerId: maria.id, supervisorId: sam.id };
  const caseId = id();
  const role = { clientId, caseId, staffId: bea.id, role: 'BACKUP' };
  await service.hear([caseOpened.of(clientId, at, { clientId, caseId })]);
  if (backup) await service.hear([caseRoleAssigned.of(clientId, at, role)]);
  await service.hear([crisisOpened.of(clientId, at, names)]);
  return { clientId, alertId };
}
async function fiveMinutesLater(clientId: string, minutes = 5): Promise<void> {
  service.clock.now = new Date(service.clock.now.getTime() + minutes * 60_000);
  await service.runEscalations(clientId);
}
const acknowledge = (viewer: typeof maria, page: Page | undefined) =>
  service.ask(
    viewer,
    `mutation { acknowledgeNotification(input: { id: "${page?.id ?? ''}" }) { __typename } }`,
  );
const facts = (clientId: string) =>
  service.running.dataSource.query<{ type: string; payload: object }[]>(
    'select type, payload from outbox where key = $1 order by seq',
    [clientId],
  );

describe('a crisis of level 1 at 03:00', () => {
  it('reaches the case manager at once, then backup, clinician on call, supervisor and director every 5 minutes', async () => {
    const { clientId, alertId } = await open(1);
    expect(await pagesOf(maria, alertId)).toMatchObject([
      { state: 'DELIVERED', subject: { __typename: 'CrisisAlert' } },
    ]);
    expect(await told(alertId)).toEqual([1, 0, 0, 0, 0]);
    for (const expected of [
      [1, 1, 0, 0, 0],
      [1, 1, 1, 0, 0],
      [1, 1, 1, 1, 0],
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 2],
    ]) {
      await fiveMinutesLater(clientId);
      await eventually(async () => expect(await told(alertId)).toEqual(expected));
    }
    await acknowledge(lena, (await pagesOf(lena, alertId))[0]);
    await fiveMinutesLater(clientId);
    expect(await told(alertId)).toEqual([1, 1, 1, 1, 2]);
    expect((await pagesOf(maria, alertId))[0]).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledgedBy: { id: lena.id },
    });
    const page = { alertId, clientId, acknowledgedBy: lena.id };
    expect(await facts(clientId)).toContainEqual({ type: crisisPageAcknowledged.type, payload: page });
  });

  it('passes over a place without a person', async () => {
    const { clientId, alertId } = await open(1, { backup: false });
    await fiveMinutesLater(clientId);
    await eventually(async () => expect(await told(alertId)).toEqual([1, 0, 1, 0, 0]));
  });

  it('that is heard of an hour late reaches the whole chain at once', async () => {
    service.clock.now = new Date(night.getTime() + 3_600_000);
    const { clientId, alertId } = await open(1);
    for (const expected of [2, 3, 4, 5]) {
      await service.runEscalations(clientId);
      await eventually(async () =>
        expect((await told(alertId)).filter((pages) => pages > 0)).toHaveLength(expected),
      );
    }
  });

  it('is paged no more when somebody takes it over on the page of the client', async () => {
    const { clientId, alertId } = await open(1);
    const taken = { alertId, clientId, acknowledgedBy: bea.id };
    await service.hear([crisisAcknowledged.of(clientId, night, taken)]);
    await fiveMinutesLater(clientId);
    expect(await told(alertId)).toEqual([1, 0, 0, 0, 0]);
    expect((await pagesOf(maria, alertId))[0]).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledgedBy: { id: bea.id },
    });
    expect((await facts(clientId)).map(({ type }) => type)).not.toContain('CrisisPageAcknowledged');
  });

  it('is acknowledged once by two at the same moment', async () => {
    const { clientId, alertId } = await open(1);
    await fiveMinutesLater(clientId);
    await eventually(async () => expect(await told(alertId)).toEqual([1, 1, 0, 0, 0]));
    const pages = await Promise.all([pagesOf(maria, alertId), pagesOf(bea, alertId)]);
    await Promise.all([acknowledge(maria, pages[0][0]), acknowledge(bea, pages[1][0])]);
    const acknowledged = (await facts(clientId)).filter(({ type }) => type === 'CrisisPageAcknowledged');
    expect(acknowledged).toHaveLength(1);
  });
});

describe('a crisis of another level', () => {
  it('2 reaches case manager and supervisor at once; 3 pages nobody', async () => {
    expect(await told((await open(2)).alertId)).toEqual([1, 0, 0, 1, 0]);
    expect(await told((await open(3)).alertId)).toEqual([0, 0, 0, 0, 0]);
  });
});
