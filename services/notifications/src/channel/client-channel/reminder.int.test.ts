import { caseManagerAssigned, clientContactRuleChanged, referralFacts, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { anSmtpServer, type TestSmtpServer } from '../sender/smtp.test-server.ts';
import { account, aProvider, type TestProvider } from '../sender/twilio.test-provider.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';
import { takeAnswer } from '../provider/answers.ts';

const now = new Date('2036-03-03T17:00:00Z');
const id = () => uuidV7(now);
/** Tuesday, 14:00 in New York. */
const appointmentAt = '2036-03-11T18:00:00.000Z';
const hoursBefore = (hours: number) => new Date(new Date(appointmentAt).getTime() - hours * 3_600_000);
const maria = aViewer(id(), ['CASE_MANAGER']);
const otto = aViewer(id(), ['CASE_MANAGER']);

let provider: TestProvider;
let smtp: TestSmtpServer;
let service: TestService;
let numbers = 2_000_000;
beforeAll(async () => {
  [provider, smtp] = [await aProvider(), await anSmtpServer()];
  service = await testService({
    settings: {
      ...{ TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.token, TWILIO_FROM: account.from },
      ...{ TWILIO_API_URL: provider.url, MESSAGE_TIMEOUT_MS: 5_000 },
      ...{ SMTP_URL: smtp.url, SMTP_TLS: 'if-offered' },
    },
  });
});
afterAll(async () => {
  await service.close();
  provider.close();
  await smtp.close();
});
beforeEach(() => {
  service.clock.now = now;
  provider.state.refuse = null;
});

interface Line {
  kind: string;
  optedIn?: boolean;
  source?: string;
  issues?: { code: string }[];
}

async function aClient({ agrees = true }: { agrees?: boolean } = {}) {
  const [clientId, referralId] = [id(), id()];
  numbers += 1;
  const address = `+1305${String(numbers)}`;
  await service.hear([
    caseManagerAssigned.of(clientId, now, {
      clientId,
      caseId: id(),
      caseManagerId: maria.id,
      supervisorId: null,
    }),
  ]);
  const act = (viewer: typeof maria, name: string, input: object) =>
    service
      .ask<{ it: Line }>(
        viewer,
        `mutation($input: ${name.replace(/^./, (letter) => letter.toUpperCase())}Input!) { it: ${name}(input: $input) {
          kind: __typename ... on ChannelConsent { optedIn source } ... on InvalidInput { issues { code } } } }`,
        { input: { clientId, channel: 'SMS', ...input } },
      )
      .then(({ it }) => it);
  const agree = (viewer = maria) => act(viewer, 'recordChannelConsent', { address, source: 'BY_PHONE' });
  if (agrees) expect(await agree()).toEqual({ kind: 'ChannelConsent', optedIn: true, source: 'BY_PHONE' });
  const step = (fact: (typeof referralFacts)[keyof typeof referralFacts], at: string | null) =>
    service.hear([
      fact.of(referralId, now, {
        referralId,
        clientId,
        caseManagerId: maria.id,
        dueAt: null,
        appointmentAt: at,
      }),
    ]);
  const reminders = (): Promise<{ state: string; reason: string | null }[]> =>
    service.db.query(
      'select state, reason from delivery where referral_id = $1 order by appointment_at, hours_before desc',
      [referralId],
    );
  return {
    ...{ clientId, address, act, agree, step, reminders },
    rules: (more: object) =>
      service.hear([
        clientContactRuleChanged.of(clientId, now, {
          ...{ clientId, contactProhibited: false, allowedMethods: [], mayBeLeft: false },
          ...{ mayMentionProgram: false, deceased: false, ...more },
        }),
      ]),
    texts: () =>
      provider.taken.filter(({ fields }) => fields.To === address).map(({ fields }) => fields.Body),
    /** The clock goes on, and what is due runs, until the reminders look like this. */
    until: async (at: Date, expected: object[]) => {
      service.clock.now = at;
      await eventually(async () => {
        await service.runDeliveries();
        expect(await reminders()).toMatchObject(expected);
      });
    },
  };
}

describe('a reminder of an appointment', () => {
  it('reaches a client who agreed, 48 h and 2 h before, and says the time and nothing else', async () => {
    const client = await aClient();
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(49), [{ state: 'QUEUED' }, { state: 'QUEUED' }]);
    expect(client.texts()).toEqual([]);
    await client.until(hoursBefore(48), [{ state: 'SENT' }, { state: 'QUEUED' }]);
    await client.until(hoursBefore(2), [{ state: 'SENT' }, { state: 'SENT' }]);
    const text = 'Reminder: appointment Tue 3/11 2:00 PM. Reply STOP to opt out.';
    expect(client.texts()).toEqual([text, text]);
  });

  it('reaches nobody who did not agree', async () => {
    const client = await aClient({ agrees: false });
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(48), [{ state: 'SUPPRESSED', reason: 'NO_CONSENT' }, { state: 'QUEUED' }]);
  });

  it.each([
    ['nobody may contact the person', { contactProhibited: true }, 'CONTACT_PROHIBITED'],
    ['the person wants letters only', { allowedMethods: ['MAIL'] }, 'METHOD_NOT_ALLOWED'],
    ['the person died', { deceased: true }, 'CONTACT_PROHIBITED'],
  ])('that was planned before is not sent when %s', async (_what, rules, reason) => {
    const client = await aClient();
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(48), [{ state: 'SENT' }, {}]);
    await client.rules(rules);
    await client.until(hoursBefore(2), [{ state: 'SENT' }, { state: 'SUPPRESSED', reason }]);
    expect(client.texts()).toHaveLength(1);
  });

  it('is sent for the new time only when the appointment is moved, and not at all when it is cancelled', async () => {
    const client = await aClient();
    await client.step(referralFacts.scheduled, appointmentAt);
    const moved = '2036-03-13T18:00:00.000Z';
    await client.step(referralFacts.rescheduled, moved);
    const changed = { state: 'SUPPRESSED', reason: 'APPOINTMENT_CHANGED' };
    await client.until(hoursBefore(2), [changed, changed, { state: 'QUEUED' }, { state: 'QUEUED' }]);
    await client.until(hoursBefore(0), [changed, changed, { state: 'SENT' }, { state: 'QUEUED' }]);
    expect(client.texts()).toEqual(['Reminder: appointment Thu 3/13 2:00 PM. Reply STOP to opt out.']);
    await client.step(referralFacts.appointmentCancelled, null);
    await client.until(new Date('2036-03-13T16:00:00Z'), [{}, {}, { state: 'SENT' }, changed]);
  });

  it('ends with STOP for everybody who gave this number, and the ledger keeps every line', async () => {
    const client = await aClient();
    await client.step(referralFacts.scheduled, appointmentAt);
    service.clock.now = new Date(now.getTime() + 60_000);
    await service.db.transaction((tx) =>
      takeAnswer(tx, { address: client.address, text: 'Stop.' }, service.clock.now),
    );
    await client.until(hoursBefore(48), [{ state: 'SUPPRESSED', reason: 'STOPPED' }, {}]);
    service.clock.now = hoursBefore(47);
    await service.db.transaction((tx) =>
      takeAnswer(tx, { address: client.address, text: 'START' }, service.clock.now),
    );
    await client.until(hoursBefore(2), [{}, { state: 'SENT' }]);
    const lines: { source: string }[] = await service.db.query(
      'select source from channel_consent where client_id = $1 order by at, id',
      [client.clientId],
    );
    expect(lines.map(({ source }) => source)).toEqual(['BY_PHONE', 'STOP_WORD', 'START_WORD']);
  });

  it('is not a call to somebody whose STOP only the provider knew', async () => {
    const client = await aClient();
    await client.rules({ mayBeLeft: true });
    await client.act(maria, 'recordChannelConsent', {
      ...{ channel: 'VOICE', address: client.address, source: 'BY_PHONE' },
    });
    provider.state.refuse = { status: 400, code: 21610, kind: 'Messages' };
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(48), [{ state: 'SUPPRESSED', reason: 'STOPPED' }, {}]);
    provider.state.refuse = null;
    await client.until(hoursBefore(2), [{}, { state: 'SUPPRESSED', reason: 'STOPPED' }]);
    expect(provider.taken.filter(({ fields }) => fields.To === client.address)).toEqual([]);
  });

  it.each([
    ['is a call', { mayBeLeft: true }, { state: 'SENT', reason: null }],
    ['is no call that a machine could keep', {}, { state: 'SUPPRESSED', reason: 'METHOD_NOT_ALLOWED' }],
  ])('%s for somebody with the rule %j', async (_what, rules, expected) => {
    const client = await aClient({ agrees: false });
    await client.rules(rules);
    await client.act(maria, 'recordChannelConsent', {
      ...{ channel: 'VOICE', address: client.address, source: 'BY_PHONE' },
    });
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(48), [expected, {}]);
  });

  it('goes once to a mailbox that does not exist', async () => {
    const client = await aClient({ agrees: false });
    const address = `${client.clientId}@example.org`;
    await client.act(maria, 'recordChannelConsent', { channel: 'EMAIL', address, source: 'WRITTEN' });
    smtp.state.how = 'refuse-recipient';
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.until(hoursBefore(48), [{ state: 'FAILED', reason: 'UNREACHABLE' }, {}]);
    await client.until(hoursBefore(2), [{}, { state: 'FAILED', reason: 'UNREACHABLE' }]);
    const attempts: object[] = await service.db.query(
      `select a.answer from delivery_attempt a join delivery d on d.id = a.delivery_id where d.recipient_id = $1`,
      [client.clientId],
    );
    expect(attempts).toEqual([{ answer: '550' }]);
  });
});

/** Source: infra/reference/domain.md 8.9 (15). */
describe('a reminder whose first attempt failed', () => {
  type Client = Awaited<ReturnType<typeof aClient>>;
  const secondTry = new Date(hoursBefore(48).getTime() + 30_000);
  /** The provider is down when the reminder is due; then it is there again. */
  async function failedOnce() {
    const client = await aClient();
    await client.step(referralFacts.scheduled, appointmentAt);
    provider.state.refuse = { status: 503, code: 20503 };
    await client.until(hoursBefore(48), [{ state: 'QUEUED' }, {}]);
    await eventually(async () => {
      await service.runDeliveries();
      expect(await attemptsOf(client)).toEqual(['FAILED_FOR_NOW']);
    });
    provider.state.refuse = null;
    return client;
  }
  const attemptsOf = async ({ clientId }: Client) => {
    const made: { outcome: string }[] = await service.db.query(
      `select a.outcome from delivery_attempt a join delivery d on d.id = a.delivery_id
       where d.recipient_id = $1 and d.hours_before = 48 order by a.number`,
      [clientId],
    );
    return made.map(({ outcome }) => outcome);
  };
  const says = ({ address }: Client, text: string) =>
    service.db.transaction((tx) => takeAnswer(tx, { address, text }, service.clock.now));

  it('is sent at the second one when nothing changed', async () => {
    const client = await failedOnce();
    await client.until(secondTry, [{ state: 'SENT' }, { state: 'QUEUED' }]);
    expect(client.texts()).toHaveLength(1);
    expect(await attemptsOf(client)).toHaveLength(2);
  });

  it.each([
    [
      'contact became dangerous',
      (client: Client) => client.rules({ contactProhibited: true }),
      'CONTACT_PROHIBITED',
    ],
    [
      'texts are not safe any more',
      (client: Client) => client.rules({ allowedMethods: ['MAIL'] }),
      'METHOD_NOT_ALLOWED',
    ],
    [
      'the consent ended',
      (client: Client) => client.act(maria, 'endChannelConsent', { source: 'IN_PERSON' }),
      'NO_CONSENT',
    ],
    ['the person said STOP', (client: Client) => says(client, 'STOP'), 'STOPPED'],
  ])('is never tried again after %s', async (_what, change, reason) => {
    const client = await failedOnce();
    service.clock.now = new Date(secondTry.getTime() - 1_000);
    await change(client);
    await client.until(secondTry, [{ state: 'SUPPRESSED', reason }, { state: 'QUEUED' }]);
    await client.until(hoursBefore(2), [{ reason }, { state: 'SUPPRESSED', reason }]);
    expect(await attemptsOf(client)).toEqual(['FAILED_FOR_NOW']);
    expect(client.texts()).toEqual([]);
  });
});

/** What counts is the moment of the attempt, in both directions. */
describe('a reminder that was planned while it could not leave', () => {
  it.each([
    ['contact was prohibited', { contactProhibited: true }],
    ['texts were not allowed', { allowedMethods: ['CALL'] }],
  ])('is sent when that is over by then: %s', async (_what, rules) => {
    const client = await aClient();
    await client.rules(rules);
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.rules({});
    await client.until(hoursBefore(48), [{ state: 'SENT' }, { state: 'QUEUED' }]);
  });

  it('because nobody had agreed is sent when the client agrees by then', async () => {
    const client = await aClient({ agrees: false });
    await client.step(referralFacts.scheduled, appointmentAt);
    await client.agree();
    await client.until(hoursBefore(48), [{ state: 'SENT' }, { state: 'QUEUED' }]);
  });
});

describe('the consent of a channel', () => {
  const read = (viewer: typeof maria, clientId: string) =>
    service.ask<{ _entities: { channelConsents: object[] | null }[] }>(
      viewer,
      `query($id: ID!) { _entities(representations: [{ __typename: "Client", id: $id }]) {
        ... on Client { channelConsents { channel optedIn address source recordedBy { id } } } } }`,
      { id: clientId },
    );

  it('is seen and changed by who works with the client, and looks like nothing to others', async () => {
    const client = await aClient();
    expect((await read(maria, client.clientId))._entities).toMatchObject([
      {
        channelConsents: [
          { channel: 'SMS', optedIn: true, address: client.address, recordedBy: { id: maria.id } },
        ],
      },
    ]);
    expect((await read(otto, client.clientId))._entities).toEqual([{ channelConsents: null }]);
    expect((await client.agree(otto)).kind).toBe('NotFound');
    const end = (viewer: typeof maria) => client.act(viewer, 'endChannelConsent', { source: 'IN_PERSON' });
    expect((await end(otto)).kind).toBe('NotFound');
    expect(await end(maria)).toMatchObject({ optedIn: false, source: 'IN_PERSON' });
    expect((await end(maria)).kind).toBe('NotFound');
  });

  it('needs a number that can be called', async () => {
    const client = await aClient({ agrees: false });
    const bad = await client.act(maria, 'recordChannelConsent', { address: '305 555', source: 'BY_PHONE' });
    expect(bad.issues).toEqual([{ code: 'NOT_A_PHONE' }]);
  });
});
