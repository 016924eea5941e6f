import {
  caseManagerAssigned,
  caseGaps,
  safetyFlagRaised,
  staffRecorded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { eventually } from '@throughline/testing';
import { anSmtpServer, type TestSmtpServer } from '../../channel/sender/smtp.test-server.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';

// Monday, 08:30 in New York, 05:30 in Los Angeles.
const morning = new Date('2036-03-03T13:30:00Z');
const id = () => uuidV7(morning);
const maria = aViewer(id(), ['CASE_MANAGER']);
const bea = aViewer(id(), ['CASE_MANAGER']);
const cleo = aViewer(id(), ['CASE_MANAGER']);
const sam = aViewer(id(), ['SUPERVISOR']);

let service: TestService;
let smtp: TestSmtpServer;
beforeAll(async () => {
  smtp = await anSmtpServer();
  service = await testService({ settings: { SMTP_URL: smtp.url, SMTP_TLS: 'if-offered' } });
  service.clock.now = new Date('2036-03-03T13:00:00Z');
  const staff = (one: typeof maria, timeZone: string, more: object = {}) =>
    staffRecorded.of(one.id, morning, {
      ...{ staffId: one.id, supervisorId: sam.id, roles: [...one.roles], timeZone, active: true },
      ...more,
    });
  await service.hear([
    staff(maria, 'America/New_York'),
    staff(bea, 'America/Los_Angeles'),
    staff(cleo, 'America/New_York', { away: true, coverId: maria.id }),
    staff(sam, 'America/New_York', { supervisorId: null }),
  ]);
});
afterAll(async () => {
  await service.close();
  await smtp.close();
});

const aClient = (caseManagerId: string): { clientId: string; caseId: string; assigned: Fact } => {
  const [clientId, caseId] = [id(), id()];
  const names = { clientId, caseId, caseManagerId, supervisorId: sam.id };
  return { clientId, caseId, assigned: caseManagerAssigned.of(clientId, morning, names) };
};
const runDigest = async (now: Date) => {
  service.clock.now = now;
  const runs = async () =>
    (
      await service.db.query<{ run: Date }[]>(
        `select run_at as run from graphile_worker.jobs where key = 'notifications.digest' and locked_at is null`,
      )
    )[0]?.run;
  await service.db.query(
    `select graphile_worker.reschedule_jobs(
       array(select id from graphile_worker.jobs where key = 'notifications.digest'), run_at => now() - interval '1 second')`,
  );
  await eventually(async () => expect((await runs())?.getTime()).toBeGreaterThan(now.getTime()));
};
const digestOf = async (viewer: typeof maria) => {
  const query = '{ myDigest { day unread toAcknowledge lines { code times } } }';
  return (await service.ask<{ myDigest: object | null }>(viewer, query)).myDigest;
};
const inboxOf = async (viewer: typeof maria) => {
  const query =
    '{ myNotifications(first: 100) { edges { node { code times state subject { __typename } } } } }';
  const data = await service.ask<{
    myNotifications: { edges: { node: { code: string; times: number; state: string } }[] };
  }>(viewer, query);
  return data.myNotifications.edges.map(({ node }) => node);
};

describe('a storm of 500 facts of one client', () => {
  it('is one line that counts, and the lines of others stay their own', async () => {
    const storm = aClient(maria.id);
    const other = aClient(maria.id);
    await service.hear([storm.assigned, other.assigned]);
    const gap = ({ clientId, caseId }: typeof storm) =>
      caseGaps.contactOverdue.of(clientId, morning, { clientId, caseId });
    await service.hear([gap(other), ...Array.from({ length: 500 }, () => gap(storm))]);
    const lines = async () =>
      (await inboxOf(maria)).flatMap(({ code, times }) => (code === 'CADENCE_MISSED' ? [times] : []));
    await eventually(async () => expect((await lines()).sort((a, b) => a - b)).toEqual([1, 500]));
  });
});

describe('the digest at 08:30', () => {
  it('reaches who is there, on the clocks of each, once a day, and says nothing of what it is about', async () => {
    const danger = aClient(maria.id);
    const flag = { clientId: danger.clientId, screeningId: id(), authorId: maria.id };
    const team = { caseManagerId: maria.id, supervisorId: sam.id };
    const [west, away] = [aClient(bea.id), aClient(cleo.id)];
    await service.hear([danger.assigned, west.assigned, away.assigned]);
    await service.hear([safetyFlagRaised.of(danger.clientId, morning, { ...flag, ...team })]);
    const setAddress = `mutation { setMyAddress(input: { channel: EMAIL, address: "maria@example.org", language: en }) { __typename } }`;
    await service.ask(maria, setAddress);

    await runDigest(morning);
    expect(await digestOf(maria)).toMatchObject({ day: '2036-03-03', toAcknowledge: 1 });
    // A timer led to it: no fact is its cause.
    const causes = await service.db.query<{ actor: string; causes: boolean }[]>(
      `select o.cause->'actor'->>'id' as actor, o.cause ? 'causationId' as causes
       from (select cause, payload from outbox union all select cause, payload from outbox_archive) o
       where o.payload->>'notificationId' in (select id::text from notification where code = 'DAILY_DIGEST')`,
    );
    expect(causes).toEqual(causes.map(() => ({ actor: 'notifications', causes: false })));
    expect(causes).not.toEqual([]);
    expect(await digestOf(maria)).toMatchObject({ lines: [{ code: 'CADENCE_MISSED', times: 501 }, {}, {}] });
    expect([await digestOf(bea), await digestOf(cleo)]).toEqual([null, null]);
    await runDigest(new Date(morning.getTime() + 15 * 60_000));
    const digests = async () => (await inboxOf(maria)).filter(({ code }) => code === 'DAILY_DIGEST');
    expect(await digests()).toMatchObject([{ state: 'DELIVERED', subject: { __typename: 'StaffMember' } }]);

    await runDigest(new Date('2036-03-03T16:30:00Z'));
    expect(await digestOf(bea)).toMatchObject({
      day: '2036-03-03',
      unread: 1,
      lines: [{ code: 'CASE_ASSIGNED' }],
    });
    expect(await digestOf(sam)).not.toBeNull();

    await service.runDeliveries();
    await eventually(() =>
      expect(smtp.mails.filter(({ subject }) => subject?.startsWith('Your summary'))).toHaveLength(1),
    );
    const [mail] = smtp.mails.filter(({ subject }) => subject?.startsWith('Your summary'));
    expect(`${mail?.subject ?? ''} ${mail?.text ?? ''}`).not.toMatch(/\d{1,3} |CADENCE|client/);

    await runDigest(new Date('2036-03-04T13:30:00Z'));
    expect(await digestOf(maria)).toMatchObject({ day: '2036-03-04' });
    expect((await digests()).map(({ state }) => state)).toEqual(['DELIVERED', 'READ']);
  });
});
