import {
  caseManagerAssigned,
  consentRevoked,
  referralFacts,
  safetyFlagRaised,
  staffRecorded,
  uuidV7,
  webhookDisabled,
  type Fact,
} from '@throughline/events';
import { eventually } from '@throughline/testing';
import { createDataSource } from '../../database.ts';
import { aViewer, testService, type TestService } from '../../test-service.ts';
import { NotificationEntity } from './notification.entity.ts';

const now = new Date('2036-03-03T15:00:00Z');
const id = () => uuidV7(now);
const maria = aViewer(id(), ['CASE_MANAGER']);
const sam = aViewer(id(), ['SUPERVISOR']);
const ada = aViewer(id(), ['SUPERVISOR']);
const pat = aViewer(id(), ['PROGRAM_ADMIN']);
const flo = aViewer(id(), ['PRIVACY_OFFICER']);
const eng = aViewer(id(), ['PLATFORM_ENGINEER']);
const otto = aViewer(id(), ['CASE_MANAGER']);

let service: TestService;
beforeAll(async () => {
  service = await testService();
  await service.hear([
    staff(maria.id, sam.id, 'CASE_MANAGER', 'America/Los_Angeles'),
    staff(otto.id, sam.id, 'CASE_MANAGER'),
    staff(sam.id, ada.id, 'SUPERVISOR'),
    staff(ada.id, null, 'SUPERVISOR'),
    staff(pat.id, null, 'PROGRAM_ADMIN'),
    staff(flo.id, null, 'PRIVACY_OFFICER'),
    staff(eng.id, null, 'PLATFORM_ENGINEER'),
  ]);
});
afterAll(() => service.close());

function staff(staffId: string, supervisorId: string | null, role: string, timeZone: string | null = null) {
  return staffRecorded.of(staffId, now, { staffId, supervisorId, roles: [role], timeZone, active: true });
}
function assigned(clientId: string, caseManagerId = maria.id): Fact {
  return caseManagerAssigned.of(clientId, now, {
    ...{ clientId, caseId: id(), caseManagerId, supervisorId: sam.id },
  });
}
function safety(clientId = id()): Fact {
  return safetyFlagRaised.of(clientId, now, {
    ...{ screeningId: id(), clientId, authorId: maria.id },
    ...{ caseManagerId: maria.id, supervisorId: sam.id },
  });
}
function step(kind: keyof typeof referralFacts, clientId = id(), dueAt: string | null = null): Fact {
  const referralId = id();
  return referralFacts[kind].of(referralId, now, {
    ...{ referralId, clientId, caseManagerId: maria.id, dueAt },
  });
}
const clientOf = (fact: Fact) => (fact.data as { clientId: string }).clientId;

/** Keeps what decides access from hearing of the client until it is released. */
async function holdAccess(clientId: string): Promise<() => Promise<void>> {
  const holder = service.db.createQueryRunner();
  await holder.startTransaction();
  await holder.query(
    `select from inbox_key where consumer = 'notifications.access' and key = $1 for update`,
    [clientId],
  );
  return async () => {
    await holder.commitTransaction();
    await holder.release();
  };
}
/** Whether the notifications of a fact of this type are made, or kept for later. */
async function hasMet(clientId: string, type: string): Promise<boolean> {
  const rows: { has: boolean }[] = await service.db.query(
    `select (select last_sequence >= 3 from inbox_key where consumer = 'notifications.view' and key = $1)
         or exists (select from parked_message where consumer = 'notifications.view' and key = $1
                      and fact->>'type' = $2) as has`,
    [clientId, type],
  );
  return rows[0]?.has === true;
}

interface Row {
  id: string;
  code: string;
  state: string;
  title: string;
  deliverAt: string;
  dueAt: string | null;
  requiresAck: boolean;
  client: { id: string } | null;
  subject: { __typename: string; id: string };
  acknowledgedBy: { id: string } | null;
  escalation: { step: number; nextAt: string | null; chain: { id: string }[] } | null;
}
const fields = `id code state title deliverAt dueAt requiresAck client { id }
  subject { __typename ... on Screening { id } ... on Referral { id } ... on Consent { id } ... on CaseFile { id }
  ... on Agency { id } } acknowledgedBy { id } escalation { step nextAt chain { id } }`;

async function inbox(viewer: typeof maria, clientId: string | null): Promise<Row[]> {
  const query = `{ myNotifications(first: 100) { edges { node { ${fields} } } } }`;
  const data = await service.ask<{ myNotifications: { edges: { node: Row }[] } }>(viewer, query);
  return data.myNotifications.edges
    .map(({ node }) => node)
    .filter(({ client }) => (client?.id ?? null) === clientId);
}
function acknowledge(viewer: typeof maria, input: { id: string; idempotencyKey?: string }) {
  const query = `mutation ($input: AcknowledgeNotificationInput!) { acknowledgeNotification(input: $input) {
    __typename ... on Notification { ${fields} } ... on Problem { message } } }`;
  return service
    .ask<{ acknowledgeNotification: Row & { __typename: string } }>(viewer, query, { input })
    .then((data) => data.acknowledgeNotification);
}

describe('a safety flag', () => {
  it('reaches author and supervisor, and must be acknowledged', async () => {
    const fact = safety();
    await service.hear([fact]);
    for (const viewer of [maria, sam]) {
      const [alert, ...more] = await inbox(viewer, clientOf(fact));
      expect(more).toEqual([]);
      expect(alert).toMatchObject({
        ...{ code: 'SCREEN_POSITIVE_SAFETY', state: 'DELIVERED', requiresAck: true },
        subject: { __typename: 'Screening', id: (fact.data as { screeningId: string }).screeningId },
        escalation: {
          step: 0,
          nextAt: '2036-03-03T16:00:00.000Z',
          chain: [{ id: maria.id }, { id: sam.id }],
        },
      });
    }
    expect(await inbox(flo, clientOf(fact))).toEqual([]);
  });

  it('is told once, however often the fact comes', async () => {
    const fact = safety();
    await service.hear([fact]);
    await service.hear([fact, fact]);
    await expect(inbox(maria, clientOf(fact))).resolves.toHaveLength(1);
  });

  it('is seen without being acknowledged', async () => {
    const fact = safety();
    await service.hear([fact]);
    const [alert] = await inbox(sam, clientOf(fact));
    const query = `mutation ($id: ID!) { markNotificationRead(input: { id: $id }) {
      ... on Notification { state acknowledgedAt escalation { nextAt } } } }`;
    await expect(service.ask(sam, query, { id: alert!.id })).resolves.toEqual({
      markNotificationRead: {
        ...{ state: 'READ', acknowledgedAt: null },
        escalation: { nextAt: '2036-03-03T16:00:00.000Z' },
      },
    });
  });

  it('is acknowledged by one for all; a second click changes nothing', async () => {
    const fact = safety();
    await service.hear([fact]);
    const [own] = await inbox(maria, clientOf(fact));
    const first = await acknowledge(sam, { id: own!.id });
    expect(first).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: { id: sam.id } });
    expect(first.escalation?.nextAt).toBeNull();

    await expect(acknowledge(maria, { id: own!.id })).resolves.toEqual(first);
    expect((await inbox(sam, clientOf(fact)))[0]).toMatchObject({ state: 'ACKNOWLEDGED' });
    expect(await factsAbout(clientOf(fact))).toEqual([
      ...['NotificationAdded', 'NotificationAdded', 'NotificationAcknowledged'],
    ]);
  });

  it('answers a repeated idempotency key with the same, and refuses it for another', async () => {
    const facts = [safety(), safety()];
    await service.hear(facts);
    const [one, other] = (await Promise.all(facts.map((fact) => inbox(sam, clientOf(fact))))).flat();
    const first = await acknowledge(sam, { id: one!.id, idempotencyKey: 'k1' });
    await expect(acknowledge(sam, { id: one!.id, idempotencyKey: 'k1' })).resolves.toEqual(first);
    await expect(acknowledge(sam, { id: other!.id, idempotencyKey: 'k1' })).resolves.toMatchObject({
      __typename: 'IdempotencyConflict',
    });
  });
});

/** Types of the facts that this service recorded for a client, in order. */
async function factsAbout(clientId: string): Promise<string[]> {
  const rows: { type: string }[] = await service.running.dataSource.query(
    'select type from outbox where key = $1 order by seq',
    [clientId],
  );
  return rows.map(({ type }) => type);
}

describe('facts of the other services', () => {
  it.each([
    ['accepted', 'REFERRAL_ACCEPTED'],
    ['declined', 'REFERRAL_DECLINED'],
    ['waitlisted', 'REFERRAL_WAITLISTED'],
    ['scheduled', 'REFERRAL_SCHEDULED'],
    ['infoRequested', 'REFERRAL_INFO_REQUESTED'],
    ['completed', 'REFERRAL_COMPLETED'],
    ['closedUnresolved', 'REFERRAL_CLOSED_UNRESOLVED'],
    ['cancelled', 'REFERRAL_CANCELLED'],
    ['expired', 'REFERRAL_EXPIRED'],
  ] as const)('a referral is %s: the case manager is told', async (kind, code) => {
    const fact = step(kind);
    await service.hear([fact]);
    const rows = await inbox(maria, clientOf(fact));
    expect(rows).toMatchObject([
      { code, subject: { __typename: 'Referral', id: fact.key }, escalation: null },
    ]);
    await expect(acknowledge(maria, { id: rows[0]!.id })).resolves.toMatchObject({
      __typename: 'InvalidTransition',
    });
  });

  it('a referral reaches who has the client now, not who had it when it was made', async () => {
    const clientId = id();
    const over = { caseManagerId: otto.id, supervisorId: sam.id };
    await service.hear([caseManagerAssigned.of(clientId, now, { clientId, caseId: id(), ...over })]);
    await service.hear([step('accepted', clientId)]);
    await expect(inbox(maria, clientId)).resolves.toEqual([]);
    const codes = (await inbox(otto, clientId)).map(({ code }) => code);
    expect(codes).toContain('REFERRAL_ACCEPTED');
  });

  it('nobody is told of what they did themselves', async () => {
    const fact = step('cancelled');
    await service.hear([fact], { kind: 'STAFF', id: maria.id });
    await expect(inbox(maria, clientOf(fact))).resolves.toEqual([]);
  });

  it('a revoked consent reaches the case manager and the privacy officer, even from her own hand', async () => {
    const clientId = id();
    const ended = { consentId: id(), clientId, version: 2 };
    const herself = { kind: 'STAFF' as const, id: maria.id };
    await service.hear([assigned(clientId)], herself);
    await service.hear([consentRevoked.of(clientId, now, ended)], herself);
    for (const viewer of [maria, flo])
      await eventually(async () =>
        expect(await inbox(viewer, clientId)).toMatchObject([{ code: 'CONSENT_REVOKED' }]),
      );
  });

  it('a revoked consent does not reach the case manager of before while access is behind', async () => {
    const clientId = id();
    const ended = { consentId: id(), clientId, version: 2 };
    await service.hear([assigned(clientId)]);
    const release = await holdAccess(clientId);
    const heard = service.hear([assigned(clientId, otto.id), consentRevoked.of(clientId, now, ended)]);
    await eventually(async () => expect(await hasMet(clientId, 'ConsentRevoked')).toBe(true));
    await release();
    await heard;

    const codes = async (viewer: typeof maria) => (await inbox(viewer, clientId)).map(({ code }) => code);
    await eventually(async () => expect(await codes(otto)).toContain('CONSENT_REVOKED'));
    expect(await codes(maria)).toEqual(['CASE_ASSIGNED']);
  });

  it('a revoked consent waits for the fact that says who works with the client', async () => {
    const clientId = id();
    const ended = { consentId: id(), clientId, version: 2 };
    await service.hear([consentRevoked.of(clientId, now, ended)]);
    await expect(inbox(maria, clientId)).resolves.toEqual([]);
    await service.hear([assigned(clientId)]);
    await eventually(async () =>
      expect((await inbox(maria, clientId)).map(({ code }) => code)).toContain('CONSENT_REVOKED'),
    );
  });

  it('a new case reaches its case manager, one without case manager all who can assign it', async () => {
    const [mine, waiting] = [id(), id()];
    const unassigned = { clientId: waiting, caseId: id(), caseManagerId: null, supervisorId: null };
    await service.hear([assigned(mine), caseManagerAssigned.of(waiting, now, unassigned)]);
    await expect(inbox(maria, mine)).resolves.toMatchObject([{ code: 'CASE_ASSIGNED' }]);
    await expect(inbox(sam, waiting)).resolves.toMatchObject([{ code: 'UNASSIGNED_CASE' }]);
  });

  it('a webhook that is switched off reaches the engineers and names no client', async () => {
    const disabled = { subscriptionId: id(), agencyId: id() };
    await service.hear([webhookDisabled.of(disabled.subscriptionId, now, disabled)]);
    for (const viewer of [eng, pat]) {
      await expect(inbox(viewer, null)).resolves.toMatchObject([
        { code: 'PARTNER_WEBHOOK_FAILING', subject: { __typename: 'Agency', id: disabled.agencyId } },
      ]);
    }
  });
});

describe('quiet hours', () => {
  it('hold back what can wait until 08:00 where the recipient is, and nothing else', async () => {
    service.clock.now = new Date('2036-03-09T07:30:00Z');
    const [answer, flag] = [step('accepted'), safety()];
    await service.hear([answer, flag]);
    const count = `query ($id: ID!) { _entities(representations: [{ __typename: "StaffMember", id: $id }]) {
      ... on StaffMember { unreadCount } } }`;
    const before = await service.ask<{ _entities: [{ unreadCount: number }] }>(maria, count, {
      id: maria.id,
    });

    expect(await inbox(maria, clientOf(answer))).toMatchObject([
      { state: 'QUEUED', deliverAt: '2036-03-09T15:00:00.000Z' },
    ]);
    expect(await inbox(maria, clientOf(flag))).toMatchObject([{ state: 'DELIVERED' }]);

    service.clock.now = new Date('2036-03-09T15:00:00Z');
    expect(await inbox(maria, clientOf(answer))).toMatchObject([{ state: 'DELIVERED' }]);
    const after = await service.ask<{ _entities: [{ unreadCount: number }] }>(maria, count, { id: maria.id });
    expect(after._entities[0].unreadCount).toBe(before._entities[0].unreadCount + 1);
    service.clock.now = now;
  });
});

describe('the inbox', () => {
  interface Page {
    myNotifications: { edges: { node: Row }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }
  const query = `query ($state: [NotificationState!], $first: Int, $after: Cursor) {
    myNotifications(state: $state, first: $first, after: $after) {
      edges { node { id state } } pageInfo { hasNextPage endCursor } } }`;

  it('filters by the state that it shows', async () => {
    service.clock.now = new Date('2036-03-04T07:00:00Z');
    await service.hear([step('declined')]);
    const all = (await service.ask<Page>(maria, query, { first: 100 })).myNotifications.edges;
    for (const state of ['QUEUED', 'DELIVERED', 'READ', 'ACKNOWLEDGED']) {
      const some = (await service.ask<Page>(maria, query, { state: [state], first: 100 })).myNotifications;
      expect(some.edges).toEqual(all.filter(({ node }) => node.state === state));
    }
    expect(all.map(({ node }) => node.state)).toContain('QUEUED');
    service.clock.now = now;
  });

  it('shows everything once, page by page', async () => {
    const all = (await service.ask<Page>(maria, query, { first: 100 })).myNotifications.edges;
    const seen: Row[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo }: Page['myNotifications'] = (
        await service.ask<Page>(maria, query, { first: 3, after })
      ).myNotifications;
      seen.push(...edges.map(({ node }) => node));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(all.map(({ node }) => node));
    expect(seen.length).toBeGreaterThan(10);
  });
});

const changesColumn = (sql: string) => /^(alter|create|drop) table/i.test(sql) && !/constraint/i.test(sql);

describe('the database', () => {
  it('has the columns that the entities say', async () => {
    const owner = await createDataSource(service.database.ownerUrl, 1).initialize();
    const { upQueries } = await owner.driver.createSchemaBuilder().log();
    await owner.destroy();
    // Indexes, checks and comments are written by hand in the migrations; columns must agree.
    expect(upQueries.map(({ query }) => query).filter(changesColumn)).toEqual([]);
  });

  it('lets the service neither delete nor rewrite what somebody was told', async () => {
    const { manager } = service.running.dataSource;
    await expect(manager.delete(NotificationEntity, { recipientId: maria.id })).rejects.toThrow('permission');
    await expect(
      manager.update(NotificationEntity, { recipientId: maria.id }, { code: 'CASE_ASSIGNED' }),
    ).rejects.toThrow('permission');
  });
});
