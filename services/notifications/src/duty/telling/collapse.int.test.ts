import { caseGaps, caseManagerAssigned, staffRecorded, uuidV7, type Fact } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T15:00:00Z');
const id = () => uuidV7(now);
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

let service: TestService;
let maria: ReturnType<typeof aViewer>;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

/** A case manager with an empty inbox, and news about a client of hers that counts on one line. */
beforeEach(async () => {
  service.clock.now = now;
  maria = aViewer(id(), ['CASE_MANAGER']);
  const staff = {
    staffId: maria.id,
    supervisorId: null,
    roles: ['CASE_MANAGER'],
    timeZone: null,
    active: true,
  };
  await service.hear([staffRecorded.of(maria.id, now, staff)]);
});

async function aClient(): Promise<() => Fact> {
  const [clientId, caseId] = [id(), id()];
  const names = { clientId, caseId, caseManagerId: maria.id, supervisorId: null };
  await service.hear([caseManagerAssigned.of(clientId, now, names)]);
  return () => caseGaps.contactOverdue.of(clientId, now, { clientId, caseId });
}

interface Line {
  id: string;
  state: string;
  times: number;
}
async function lines(): Promise<Line[]> {
  const query = `{ myNotifications(codes: [CADENCE_MISSED]) { edges { node { id state times } } } }`;
  const { myNotifications } = await service.ask<{ myNotifications: { edges: { node: Line }[] } }>(
    maria,
    query,
  );
  return myNotifications.edges.map(({ node }) => node);
}
const linesAre = (expected: Partial<Line>[]) =>
  eventually(async () => expect(await lines()).toMatchObject(expected));
const markAllRead = async (until: Date) => {
  const query = `mutation { markAllRead(input: { until: "${until.toISOString()}" }) { __typename } }`;
  await service.ask(maria, query);
};

describe('news that counts on a line', () => {
  it('stays unread when the inbox is read until a time before it', async () => {
    const gap = await aClient();
    await service.hear([gap()]);
    await linesAre([{ times: 1 }]);
    service.clock.now = minutes(10);
    await service.hear([gap()]);
    await linesAre([{ times: 2 }]);

    await markAllRead(minutes(5));
    expect(await lines()).toMatchObject([{ state: 'DELIVERED', times: 2 }]);
    await markAllRead(minutes(10));
    expect(await lines()).toMatchObject([{ state: 'READ', times: 2 }]);
  });

  it('gets a line of its own when the old one is read at that moment', async () => {
    const gap = await aClient();
    await service.hear([gap()]);
    await linesAre([{ times: 1 }]);
    const [line] = await lines();

    const reader = service.db.createQueryRunner();
    await reader.startTransaction();
    await reader.query('update notification set read_at = $2 where id = $1', [line?.id, now]);
    service.clock.now = minutes(1);
    const heard = service.hear([gap()]);
    await eventually(async () => {
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(await service.db.query<object[]>(waiting)).not.toEqual([]);
    });
    await reader.commitTransaction();
    await reader.release();
    await heard;
    await linesAre([
      { state: 'DELIVERED', times: 1 },
      { state: 'READ', times: 1 },
    ]);
  });
});
