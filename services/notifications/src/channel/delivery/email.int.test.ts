import { referralFacts, staffRecorded, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { anSmtpServer, type TestSmtpServer } from '../sender/smtp.test-server.ts';
import { forbiddenIn } from '../template/policy.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const noon = new Date('2036-03-03T17:00:00Z');
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const id = () => uuidV7(noon);

let smtp: TestSmtpServer;
let service: TestService;
beforeAll(async () => {
  smtp = await anSmtpServer();
  const settings = {
    SMTP_URL: smtp.url,
    SMTP_TLS: 'if-offered',
    MESSAGE_TIMEOUT_MS: 400,
    STAFF_APP_URL: 'https://app.example',
  };
  service = await testService({ settings });
});
afterAll(async () => {
  await service.close();
  await smtp.close();
});
beforeEach(() => {
  service.clock.now = noon;
  smtp.state.how = 'accept';
});

interface Outside {
  id: string;
  deliveries: {
    id: string;
    state: string;
    reason: string | null;
    nextAttemptAt: string | null;
    attempts: { number: number; outcome: string; answer: string | null }[];
  }[];
}

/** A case manager with an e-mail address of her own, and what she is told of. */
async function aReader(language = 'en') {
  const viewer = aViewer(id(), ['CASE_MANAGER']);
  const address = `${viewer.id}@example.org`;
  const set = `mutation($input: SetMyAddressInput!) { setMyAddress(input: $input) { __typename } }`;
  await service.ask(viewer, set, { input: { channel: 'EMAIL', address, language } });
  const named = { clientId: id(), caseManagerId: viewer.id, dueAt: null };
  const referralId = id();
  return {
    ...{ viewer, address },
    hears: () => service.hear([referralFacts.expired.of(referralId, noon, { referralId, ...named })]),
    outside: async (): Promise<Outside> => {
      const query = `{ myNotifications(first: 5) { edges { node { id
        deliveries { id state reason nextAttemptAt attempts { number outcome answer } } } } } }`;
      const { myNotifications } = await service.ask<{ myNotifications: { edges: { node: Outside }[] } }>(
        viewer,
        query,
      );
      return myNotifications.edges[0]?.node ?? { id: '', deliveries: [] };
    },
    mails: () => smtp.mails.filter(({ to }) => JSON.stringify(to).includes(address)),
    fault: async () => {
      const query = `query($id: ID!) { _entities(representations: [{ __typename: "StaffMember", id: $id }]) {
        ... on StaffMember { messageAddresses { fault } } } }`;
      const { _entities } = await service.ask<{
        _entities: { messageAddresses: { fault: string | null }[] }[];
      }>(viewer, query, { id: viewer.id });
      return _entities[0]?.messageAddresses[0]?.fault;
    },
  };
}

/** The clock goes on, and what is due runs, until the delivery looks like this. */
async function until(reader: Awaited<ReturnType<typeof aReader>>, expected: object, at = service.clock.now) {
  service.clock.now = at;
  await eventually(async () => {
    await service.runDeliveries();
    expect((await reader.outside()).deliveries).toMatchObject([expected]);
  });
}

describe('an e-mail that points to a notification', () => {
  it.each(['en', 'es'])(
    'leaves in %s, says nothing but that there is an update, and is in the log',
    async (language) => {
      const reader = await aReader(language);
      await reader.hears();
      await until(reader, {
        state: 'SENT',
        nextAttemptAt: null,
        attempts: [{ outcome: 'ACCEPTED', answer: '250' }],
      });
      const { id: notificationId } = await reader.outside();
      const [mail] = reader.mails();
      const link = `https://app.example/notifications/${notificationId}`;
      expect(mail?.text).toContain(link);
      expect(mail?.subject).toContain(language === 'es' ? 'novedad' : 'update');
      expect(forbiddenIn(`${mail?.subject ?? ''} ${mail?.text?.replace(link, '') ?? ''}`)).toEqual([]);
    },
  );

  it('leaves once for a fact that is heard twice', async () => {
    const reader = await aReader();
    const messages = await reader.hears();
    await service.deliver(...messages);
    await until(reader, { state: 'SENT' });
    expect(reader.mails()).toHaveLength(1);
  });

  it('that a hanging server swallowed goes out again as the same message', async () => {
    const reader = await aReader();
    smtp.state.how = 'hang';
    await reader.hears();
    await until(reader, { state: 'QUEUED', attempts: [{ outcome: 'FAILED_FOR_NOW', answer: 'ETIMEDOUT' }] });
    smtp.state.how = 'accept';
    await until(reader, { state: 'SENT', attempts: [{}, { number: 2, outcome: 'ACCEPTED' }] }, later(1));
    expect(new Set(reader.mails().map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('is not lost when the provider is down for a day', async () => {
    const reader = await aReader();
    smtp.state.how = 'busy';
    await reader.hears();
    for (const [tries, minutes] of [0, 1, 3, 13, 73, 133, 24 * 60].entries())
      await until(
        reader,
        {
          state: 'QUEUED',
          attempts: Array.from({ length: tries + 1 }, () => ({ outcome: 'FAILED_FOR_NOW' })),
        },
        later(minutes),
      );
    smtp.state.how = 'accept';
    await until(reader, { state: 'SENT' }, later(25 * 60));
  });

  it('that bounces makes the address known as one that does not work', async () => {
    const reader = await aReader();
    smtp.state.how = 'refuse-recipient';
    await reader.hears();
    await until(reader, { state: 'FAILED', reason: 'UNREACHABLE', attempts: [{ answer: '550' }] });
    expect(await reader.fault()).toBe('UNREACHABLE');
  });

  it('does not leave for what was read meanwhile, in quiet hours, or to who left', async () => {
    const [seen, sleeping, gone] = [await aReader(), await aReader(), await aReader()];
    smtp.state.how = 'busy';
    for (const reader of [seen, sleeping, gone]) await reader.hears();
    for (const reader of [seen, sleeping, gone])
      await until(reader, { state: 'QUEUED', attempts: [{ outcome: 'FAILED_FOR_NOW' }] });
    smtp.state.how = 'accept';
    const read = `mutation($id: ID!) { markNotificationRead(input: { id: $id }) { __typename } }`;
    await service.ask(seen.viewer, read, { id: (await seen.outside()).id });
    const left = { staffId: gone.viewer.id, supervisorId: null, roles: [], timeZone: null, active: false };
    await service.hear([staffRecorded.of(gone.viewer.id, noon, left)]);
    const night = new Date('2036-03-04T03:00:00Z');
    await until(seen, { state: 'SUPPRESSED', reason: 'SEEN' }, night);
    await until(sleeping, { state: 'QUEUED', nextAttemptAt: '2036-03-04T13:00:00.000Z' }, night);
    const rows: { reason: string }[] = await service.db.query(
      'select reason from delivery where recipient_id = $1',
      [gone.viewer.id],
    );
    expect(rows).toEqual([{ reason: 'RECIPIENT_GONE' }]);
    await until(sleeping, { state: 'SENT' }, new Date('2036-03-04T13:00:00Z'));
  });

  it('waits while its reader has put the notification off', async () => {
    const reader = await aReader();
    smtp.state.how = 'busy';
    await reader.hears();
    await until(reader, { state: 'QUEUED', attempts: [{ outcome: 'FAILED_FOR_NOW' }] });
    const { id: notificationId } = await reader.outside();
    const putOff = `mutation($input: SnoozeNotificationInput!) { snoozeNotification(input: $input) { __typename } }`;
    const at = later(120);
    await service.ask(reader.viewer, putOff, { input: { id: notificationId, until: at.toISOString() } });
    smtp.state.how = 'accept';
    await until(reader, { state: 'QUEUED', nextAttemptAt: at.toISOString(), attempts: [{}] }, later(60));
    await until(reader, { state: 'SENT', attempts: [{}, { outcome: 'ACCEPTED' }] }, at);
  });

  it('whose sender was killed in the middle is sent by another one', async () => {
    const reader = await aReader();
    smtp.state.how = 'busy';
    await reader.hears();
    await until(reader, { state: 'QUEUED', attempts: [{ outcome: 'FAILED_FOR_NOW' }] });
    const [delivery] = (await reader.outside()).deliveries;
    // What a process leaves behind that is killed after it has written down its attempt.
    await service.db.query(
      `update delivery_attempt set outcome = 'STARTED', ended_at = null where delivery_id = $1`,
      [delivery?.id],
    );
    await service.db.query(`update delivery set sending_until = $2 where id = $1`, [delivery?.id, later(2)]);
    smtp.state.how = 'accept';
    service.clock.now = later(1);
    await service.runDeliveries();
    expect(reader.mails()).toHaveLength(1);
    await until(
      reader,
      { state: 'SENT', attempts: [{ outcome: 'INTERRUPTED' }, { outcome: 'ACCEPTED' }] },
      later(3),
    );
    expect(new Set(reader.mails().map(({ messageId }) => messageId)).size).toBe(1);
  });
});
