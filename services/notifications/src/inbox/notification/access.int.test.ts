import { caseManagerAssigned, safetyFlagRaised, staffRecorded, uuidV7 } from '@throughline/events';
import { statementsOf } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T15:00:00Z');
const id = () => uuidV7(now);
const maria = aViewer(id(), ['CASE_MANAGER']);
const sam = aViewer(id(), ['SUPERVISOR']);
const strangers = {
  'a case manager of another caseload': aViewer(id(), ['CASE_MANAGER']),
  'a privacy officer': aViewer(id(), ['PRIVACY_OFFICER']),
  'a program administrator who was not told': aViewer(id(), ['PROGRAM_ADMIN']),
};
const outsiders = {
  'a partner': aViewer(id(), ['PARTNER_INTAKE'], { graph: 'PARTNER', agencyId: id() }),
  'a partner with the id of the recipient': aViewer(maria.id, ['PARTNER_INTAKE'], {
    ...{ graph: 'PARTNER', agencyId: id() },
  }),
  'another service': aViewer('referrals', ['SYSTEM'], { graph: 'INTERNAL' }),
};
const clients = Array.from({ length: 30 }, id);

let service: TestService;
let alertId: string;
beforeAll(async () => {
  service = await testService();
  const staff = (staffId: string, supervisorId: string | null, role: string) =>
    staffRecorded.of(staffId, now, { staffId, supervisorId, roles: [role], timeZone: null, active: true });
  const team = { caseManagerId: maria.id, supervisorId: sam.id };
  await service.hear([staff(maria.id, sam.id, 'CASE_MANAGER'), staff(sam.id, null, 'SUPERVISOR')]);
  await service.hear(
    clients.flatMap((clientId) => [
      caseManagerAssigned.of(clientId, now, {
        ...{ clientId, caseId: id(), ...team },
      }),
      safetyFlagRaised.of(clientId, now, {
        ...{ screeningId: id(), clientId, authorId: maria.id, ...team },
      }),
    ]),
  );
  const inbox = `{ myNotifications(first: 1) { edges { node { id } } } }`;
  const data = await service.ask<{ myNotifications: { edges: { node: { id: string } }[] } }>(sam, inbox);
  alertId = data.myNotifications.edges[0]!.node.id;
});
afterAll(() => service.close());

const read = `query ($id: ID!, $reps: [_Any!]!) { notification(id: $id) { id }
  _entities(representations: $reps) { ... on Notification { id code } } }`;
const reading = (one: string) => ({ id: one, reps: [{ __typename: 'Notification', id: one }] });
const nothing = { notification: null, _entities: [null] };

describe.each(Object.entries(strangers))('for %s a notification does not exist', (_who, stranger) => {
  it('in a query and in _entities: a foreign id answers like an unknown one', async () => {
    for (const one of [alertId, id(), 'no-uuid']) {
      await expect(service.ask(stranger, read, reading(one))).resolves.toEqual(nothing);
    }
  });

  it('in a mutation', async () => {
    const mutation = `mutation ($id: ID!) {
      acknowledgeNotification(input: { id: $id }) { __typename ... on Problem { message } }
      markNotificationRead(input: { id: $id }) { __typename ... on Problem { message } } }`;
    const foreign = await service.ask(stranger, mutation, { id: alertId });
    expect(foreign).toEqual(await service.ask(stranger, mutation, { id: id() }));
    expect(foreign).toMatchObject({ acknowledgeNotification: { __typename: 'NotFound' } });
  });

  it('in somebody’s inbox and among a client’s alerts', async () => {
    const query = `query ($reps: [_Any!]!) { _entities(representations: $reps) {
      ... on StaffMember { unreadCount quietHours { from } notifications { edges { node { id } } } }
      ... on Client { alerts { id } } } }`;
    const reps = [
      { __typename: 'StaffMember', id: sam.id },
      { __typename: 'Client', id: clients[0] },
    ];
    await expect(service.ask(stranger, query, { reps })).resolves.toEqual({
      _entities: [{ unreadCount: null, quietHours: null, notifications: null }, { alerts: null }],
    });
  });
});

describe.each(Object.entries(outsiders))(
  'for %s this service is closed, whatever the id',
  (_who, outsider) => {
    // No service has a key for this service, so another service is refused before its token is read.
    const refused = outsider.graph === 'INTERNAL' ? /"code":"UNAUTHENTICATED"/ : /"code":"FORBIDDEN"/;

    it.each([
      ['a notification', 'query ($id: ID!) { notification(id: $id) { id } }'],
      ['a change', 'mutation ($id: ID!) { markNotificationRead(input: { id: $id }) { __typename } }'],
      [
        'entities',
        `query ($id: ID!) { _entities(representations: [{ __typename: "Notification", id: $id },
        { __typename: "StaffMember", id: $id }, { __typename: "Client", id: $id }]) {
        ... on StaffMember { unreadCount } ... on Client { alerts { id } } } }`,
      ],
    ])('%s', async (_what, query) => {
      for (const one of [alertId, sam.id, clients[0]!, 'no-uuid'])
        await expect(service.ask(outsider, query, { id: one })).rejects.toThrow(refused);
    });
  },
);

describe('an id that is none', () => {
  it('has no alerts, and leaves those of its neighbours alone', async () => {
    const query = `query ($reps: [_Any!]!) { _entities(representations: $reps) {
      ... on Client { alerts { id } } } }`;
    const reps = ['no-uuid', clients[0]!.toUpperCase()].map((one) => ({ __typename: 'Client', id: one }));
    await expect(service.ask(sam, query, { reps })).resolves.toMatchObject({
      _entities: [{ alerts: null }, { alerts: [{}] }],
    });
  });
});

describe('a person who was told', () => {
  it('reads the alert of a colleague, but not her inbox', async () => {
    await expect(service.ask(maria, read, reading(alertId))).resolves.toMatchObject({
      notification: { id: alertId },
    });
    await expect(
      service.ask(maria, `mutation { markNotificationRead(input: { id: "${alertId}" }) { __typename } }`),
    ).resolves.toEqual({ markNotificationRead: { __typename: 'NotFound' } });
  });
});

describe('the number of SQL statements', () => {
  // One code only, because a page without an escalation would save a statement.
  const page = `query ($first: Int) { myNotifications(first: $first, codes: [SCREEN_POSITIVE_SAFETY]) { edges { node {
    id code title state client { id alerts { id } } recipient { id unreadCount } subject { __typename }
    escalation { step chain { id } } } } pageInfo { endCursor } } }`;
  const entities = `query ($reps: [_Any!]!) { _entities(representations: $reps) {
    ... on Client { alerts { id state escalation { step } } } } }`;
  const reps = (count: number) => clients.slice(0, count).map((one) => ({ __typename: 'Client', id: one }));

  it('of a page and of a caseload does not grow with its length', async () => {
    for (const [query, most, few, many] of [
      [page, 5, { first: 2 }, { first: 30 }],
      [entities, 2, { reps: reps(2) }, { reps: reps(30) }],
    ] as const) {
      const of = (variables: object) =>
        statementsOf(service.running.dataSource, () => service.ask(maria, query, variables));
      expect(await of(few)).toHaveLength(most);
      expect(await of(many)).toHaveLength(most);
    }
  });
});
