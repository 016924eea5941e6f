import { safetyFlagRaised, staffRecorded, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T03:00:00Z');
const id = () => uuidV7(now);
const maria = aViewer(id(), ['CASE_MANAGER']);
const sam = aViewer(id(), ['SUPERVISOR']);
const ada = aViewer(id(), ['SUPERVISOR']);
const pat = aViewer(id(), ['PROGRAM_ADMIN']);

let service: TestService;
beforeAll(async () => {
  service = await testService();
  service.clock.now = now;
  const staff = (staffId: string, supervisorId: string | null, role: string) =>
    staffRecorded.of(staffId, now, { staffId, supervisorId, roles: [role], timeZone: null, active: true });
  await service.hear([
    staff(maria.id, sam.id, 'CASE_MANAGER'),
    staff(sam.id, ada.id, 'SUPERVISOR'),
    staff(ada.id, null, 'SUPERVISOR'),
    staff(pat.id, null, 'PROGRAM_ADMIN'),
  ]);
});
afterAll(() => service.close());

async function raise(): Promise<string> {
  const clientId = id();
  await service.hear([
    safetyFlagRaised.of(clientId, now, {
      ...{ screeningId: id(), clientId, authorId: maria.id },
      ...{ caseManagerId: maria.id, supervisorId: sam.id },
    }),
  ]);
  return clientId;
}

interface Alert {
  id: string;
  state: string;
  client: { id: string };
  escalation: { step: number; nextAt: string };
}
async function alertsOf(viewer: typeof maria, clientId: string): Promise<Alert[]> {
  const query = `{ myNotifications(codes: [SCREEN_POSITIVE_SAFETY], first: 100) {
    edges { node { id state client { id } escalation { step nextAt } } } } }`;
  const data = await service.ask<{ myNotifications: { edges: { node: Alert }[] } }>(viewer, query);
  return data.myNotifications.edges.map(({ node }) => node).filter(({ client }) => client.id === clientId);
}
const acknowledge = (viewer: typeof maria, alert: Alert) =>
  service.ask(viewer, `mutation { acknowledgeNotification(input: { id: "${alert.id}" }) { __typename } }`);

/** An hour passes; the job runs by the clock of the service. */
async function anHourLater(clientId: string): Promise<void> {
  service.clock.now = new Date(service.clock.now.getTime() + 3_600_000);
  await service.runEscalations(clientId);
}
const count = async (viewer: typeof maria, clientId: string) => (await alertsOf(viewer, clientId)).length;
const jobsWaiting = async (clientId: string) => {
  const [row]: { count: number }[] = await service.running.dataSource.query(
    `select count(*)::int from graphile_worker.jobs j join escalation e on j.key = 'escalation:' || e.id
     where e.client_id = $1`,
    [clientId],
  );
  return row?.count;
};

describe('an alert that nobody acknowledges', () => {
  it('climbs to the supervisor’s supervisor, then to the program administrators every hour', async () => {
    const clientId = await raise();
    expect(await count(ada, clientId)).toBe(0);

    await anHourLater(clientId);
    await eventually(async () => expect(await count(ada, clientId)).toBe(1));
    expect((await alertsOf(ada, clientId))[0]).toMatchObject({
      // 23:00 in New York: a safety alert does not wait for the morning.
      ...{ state: 'DELIVERED', escalation: { step: 1, nextAt: '2036-03-03T05:00:00.000Z' } },
    });

    await anHourLater(clientId);
    await eventually(async () => expect(await count(pat, clientId)).toBe(1));
    await anHourLater(clientId);
    await eventually(async () => expect(await count(pat, clientId)).toBe(2));
    expect(await count(ada, clientId)).toBe(1);

    const [last] = await alertsOf(pat, clientId);
    await acknowledge(pat, last!);
    expect(await jobsWaiting(clientId)).toBe(0);
    expect((await alertsOf(maria, clientId))[0]).toMatchObject({ state: 'ACKNOWLEDGED' });
  });

  it('tells of each step with facts, keyed by the client', async () => {
    const clientId = await raise();
    await anHourLater(clientId);
    await eventually(async () => expect(await count(ada, clientId)).toBe(1));
    const facts: { type: string; payload: Record<string, unknown> }[] =
      await service.running.dataSource.query('select type, payload from outbox where key = $1 order by seq', [
        clientId,
      ]);
    expect(facts.map(({ type }) => type)).toEqual([
      ...['NotificationAdded', 'NotificationAdded', 'NotificationAdded', 'NotificationEscalated'],
    ]);
    expect(facts[3]?.payload).toMatchObject({ recipientId: maria.id, clientId });
  });
});

describe('an acknowledgement', () => {
  it('takes the next step out of the queue', async () => {
    const clientId = await raise();
    expect(await jobsWaiting(clientId)).toBe(1);
    await acknowledge(sam, (await alertsOf(sam, clientId))[0]!);
    expect(await jobsWaiting(clientId)).toBe(0);
  });

  it('and the timer at the same moment leave one answer', async () => {
    const clientId = await raise();
    const [alert] = await alertsOf(sam, clientId);
    await Promise.all([acknowledge(sam, alert!), acknowledge(maria, alert!), anHourLater(clientId)]);
    const [row]: { n: number }[] = await service.running.dataSource.query(
      `select count(*)::int as n from outbox where key = $1 and type = 'NotificationAcknowledged'`,
      [clientId],
    );
    expect(row?.n).toBe(1);
    expect((await alertsOf(maria, clientId))[0]).toMatchObject({ state: 'ACKNOWLEDGED' });
  });
});
