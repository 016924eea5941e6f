import { eventually } from '@throughline/testing';
import {
  aViewer,
  does,
  id,
  partnerDoes,
  referralsWorld,
  type Answer,
  type World,
} from '../loop.test-world.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

const rows = (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
  world.db.query(sql, values);

/** A referral that was sent, with everybody who has to do with it. */
async function aSentReferral() {
  const partner = await world.aPartner();
  const aCase = await world.aCase();
  const consent = await world.signs(aCase.person, [partner.agencyId]);
  const draft = await does(world, aCase.manager, 'createReferral', {
    needId: aCase.person.needId,
    serviceId: partner.serviceId,
    reasonText: 'Needs a place tonight',
  });
  const sent = await does(world, aCase.manager, 'sendReferral', {
    id: draft.id,
    expectedVersion: draft.version,
  });
  expect(sent).toMatchObject({ kind: 'Referral', status: 'SENT' });
  return { ...partner, ...aCase, consent, sent };
}

const view = `query($id: ID!) { partnerReferral(id: $id) {
  id status version priority senderDisplayName needCategory reasonText person { name ageBand phone }
  disclosure { noticeText consentScopeSummary disclosureRecordId } access { field allowed reason } } }`;
interface View {
  partnerReferral:
    | (Answer & {
        priority: string | null;
        senderDisplayName: string;
        person: { name: string | null; ageBand: string | null; phone: string | null } | null;
        disclosure: { disclosureRecordId: string } | null;
        access: { field: string; allowed: boolean; reason: string }[];
      })
    | null;
}

describe('creating a referral', () => {
  it('keeps what the client chose and what it was chosen over', async () => {
    const [{ serviceId }, other, { manager, person }] = [
      await world.aPartner(),
      await world.aPartner(),
      await world.aCase(),
    ];
    const draft = await does(world, manager, 'createReferral', {
      needId: person.needId,
      serviceId,
      matchScore: 84,
      declinedOptions: [{ serviceId: other.serviceId, reason: 'Too far from work' }],
    });
    const [request] = await rows(
      'select r.choices, r.status from referral_request r join referral f on f.request_id = r.id where f.id = $1',
      draft.id,
    );
    expect(request).toEqual({
      status: 'DRAFT',
      choices: [
        {
          serviceId,
          matchScore: 84,
          declinedOptions: [{ serviceId: other.serviceId, reason: 'Too far from work' }],
        },
      ],
    });
  });

  it('refuses a closed service, a duplicate, somebody else’s client and a need that nobody knows', async () => {
    const closed = await world.aPartner({ serviceStatus: 'TEMPORARILY_CLOSED' });
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const { manager: stranger } = await world.aCase();
    const create = (viewer: typeof manager, input: object) =>
      does(world, viewer, 'createReferral', { ...input });

    expect(await create(manager, { needId: person.needId, serviceId: closed.serviceId })).toMatchObject({
      kind: 'Forbidden',
    });
    expect(await create(manager, { needId: person.needId, serviceId })).toMatchObject({ kind: 'Referral' });
    expect(await create(manager, { needId: person.needId, serviceId })).toMatchObject({ kind: 'Forbidden' });
    expect(await create(stranger, { needId: person.needId, serviceId })).toMatchObject({ kind: 'NotFound' });
    expect(await create(manager, { needId: 'nonsense', serviceId })).toMatchObject({ kind: 'NotFound' });
    expect(await create(manager, { serviceId })).toMatchObject({ kind: 'InvalidInput' });
  });

  it('answers the same referral to the same idempotency key', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const input = { needId: person.needId, serviceId, idempotencyKey: 'one' };
    const first = await does(world, manager, 'createReferral', input);
    expect((await does(world, manager, 'createReferral', input)).id).toBe(first.id);
    expect(await does(world, manager, 'createReferral', { ...input, matchScore: 3 })).toMatchObject({
      kind: 'IdempotencyConflict',
    });
  });
});

describe('sending', () => {
  it('without a consent names the reasons and leaves nothing behind', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    const answer = await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    expect(answer).toMatchObject({ kind: 'ConsentRequired', reasons: [{ code: 'NO_CONSENT' }] });
    expect(await rows('select status from referral where id = $1', draft.id)).toEqual([{ status: 'DRAFT' }]);
    expect(await rows('select 1 from disclosure where referral_id = $1', draft.id)).toEqual([]);
  });

  it('says CONSENT_UNVERIFIABLE when the clients service does not answer', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    world.clients.down = true;
    const answer = await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    world.clients.down = false;
    expect(answer.reasons).toEqual([{ code: 'CONSENT_UNVERIFIABLE' }]);
  });

  it('writes state, ledger, history, event and facts in one transaction', async () => {
    const { sent, consent, agencyId } = await aSentReferral();
    const written = await rows(
      `select consent_ids, channel, d.xmin = t.xmin and d.xmin = e.xmin as together
       from disclosure d
       join referral_transition t on t.referral_id = d.referral_id and t.command = 'send'
       join partner_event e on e.referral_id = d.referral_id
       where d.referral_id = $1`,
      sent.id,
    );
    expect(written).toEqual([{ consent_ids: [consent.id], channel: 'REFERRAL', together: true }]);
    const facts = await rows(
      `select type from outbox where payload->>'referralId' = $1 order by seq`,
      sent.id,
    );
    expect(facts.map(({ type }) => type)).toEqual(['ReferralCreated', 'ReferralSent', 'DisclosureMade']);
    expect(await rows('select number, type from partner_event where agency_id = $1', agencyId)).toEqual([
      { number: '1', type: 'partner.referral.sent' },
    ]);
  });

  it('refuses a stale version, and a second time', async () => {
    const { sent, manager } = await aSentReferral();
    expect(await does(world, manager, 'sendReferral', { id: sent.id, expectedVersion: 1 })).toMatchObject({
      kind: 'StaleVersion',
    });
    expect(
      await does(world, manager, 'sendReferral', { id: sent.id, expectedVersion: sent.version }),
    ).toMatchObject({
      kind: 'InvalidTransition',
      allowed: ['cancel'],
    });
  });
});

describe('the partner', () => {
  it('sees stage 1 without a name, accepts, then sees the name, each read in the ledger', async () => {
    const { sent, partner } = await aSentReferral();
    const first = (await world.ask<View>(partner, view, { id: sent.id })).partnerReferral;
    expect(first).toMatchObject({
      status: 'RECEIVED',
      person: { name: null, ageBand: '35_44', phone: null },
    });
    expect(first?.senderDisplayName).toBe('Throughline Care Network');
    const accepted = await partnerDoes(world, partner, 'acceptReferral', {
      id: sent.id,
      expectedVersion: first?.version,
    });
    expect(accepted).toMatchObject({ kind: 'PartnerReferral', status: 'ACCEPTED' });
    const second = (await world.ask<View>(partner, view, { id: sent.id })).partnerReferral;
    expect(second?.person).toEqual({ name: 'Wren', ageBand: '35_44', phone: '+15035550123' });
    const ledger = await rows(
      'select id from disclosure where referral_id = $1 order by disclosed_at',
      sent.id,
    );
    expect(ledger).toHaveLength(4);
    expect(ledger.map(({ id }) => id)).toContain(second?.disclosure?.disclosureRecordId);
  });

  it('of another agency finds nothing', async () => {
    const { sent } = await aSentReferral();
    const { partner: stranger } = await world.aPartner();
    expect((await world.ask<View>(stranger, view, { id: sent.id })).partnerReferral).toBeNull();
    expect(
      await partnerDoes(world, stranger, 'acceptReferral', { id: sent.id, expectedVersion: 2 }),
    ).toMatchObject({
      kind: 'NotFound',
    });
  });

  it('sees nobody while the consent cannot be verified', async () => {
    const { sent, partner } = await aSentReferral();
    world.clients.down = true;
    const blind = (await world.ask<View>(partner, view, { id: sent.id })).partnerReferral;
    world.clients.down = false;
    expect(blind).toMatchObject({ status: 'SENT', person: null, priority: null });
    expect(new Set(blind?.access.map(({ reason }) => reason))).toEqual(new Set(['CONSENT_UNVERIFIABLE']));
  });

  it('starts the service and closes it: the request is resolved', async () => {
    const { sent, partner, person } = await aSentReferral();
    const accepted = await partnerDoes(world, partner, 'acceptReferral', {
      id: sent.id,
      expectedVersion: sent.version,
    });
    const started = await partnerDoes(world, partner, 'startReferralService', {
      id: sent.id,
      expectedVersion: accepted.version,
      firstServiceAt: new Date(Date.now() - 1000).toISOString(),
    });
    const closed = await partnerDoes(world, partner, 'closeReferralResolved', {
      id: sent.id,
      expectedVersion: started.version,
      outcomeCode: 'HOUSED',
    });
    expect(closed).toMatchObject({ kind: 'PartnerReferral', status: 'COMPLETED' });
    const facts = await rows(
      `select payload->>'to' as status from outbox where type = 'ReferralRequestStatusChanged'
       and payload->>'clientId' = $1 order by seq`,
      person.clientId,
    );
    expect(facts.map(({ status }) => status)).toEqual(['OPEN', 'MATCHED', 'RESOLVED']);
  });
});

describe('a question of the agency', () => {
  it('stops the clock until the sender answers', async () => {
    const { sent, partner, manager } = await aSentReferral();
    const clock = () => rows('select status, expires_at, paused_ms from referral where id = $1', sent.id);
    const asked = await partnerDoes(world, partner, 'requestReferralInfo', {
      id: sent.id,
      expectedVersion: sent.version,
      question: 'Is there a dog?',
    });
    expect(await clock()).toMatchObject([
      { status: 'INFO_REQUESTED', expires_at: null, paused_ms: expect.any(Number) },
    ]);
    await does(world, manager, 'provideReferralInfo', {
      id: sent.id,
      expectedVersion: asked.version,
      answer: 'No.',
    });
    expect(await clock()).toMatchObject([
      { status: 'RECEIVED', expires_at: expect.any(Date), paused_ms: null },
    ]);
  });
});

describe('no answer', () => {
  it('by the hard deadline ends the referral, and the request asks for another way', async () => {
    const { sent, person } = await aSentReferral();
    await rows(`update referral set expires_at = now() - interval '1 second' where id = $1`, sent.id);
    await rows(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1), run_at => now())`,
      `referral.expire:${sent.id}`,
    );
    await eventually(async () => {
      const [found] = await rows('select status from referral where id = $1', sent.id);
      return found?.['status'] === 'EXPIRED';
    });
    expect(await rows('select status from referral_request where client_id = $1', person.clientId)).toEqual([
      { status: 'NEEDS_REROUTE' },
    ]);
  });

  it('can be tried elsewhere, and told by staff for an agency outside the network', async () => {
    const { sent, partner, manager, person } = await aSentReferral();
    const other = await world.aPartner();
    const declined = await partnerDoes(world, partner, 'declineReferral', {
      id: sent.id,
      expectedVersion: sent.version,
      reason: 'NO_CAPACITY',
    });
    expect(declined).toMatchObject({ kind: 'PartnerReferral', status: 'DECLINED' });
    const again = await does(world, manager, 'rerouteReferral', {
      id: sent.id,
      expectedVersion: 3,
      serviceId: other.serviceId,
    });
    expect(again).toMatchObject({ kind: 'Referral', status: 'DRAFT' });
    await world.signs(person, [other.agencyId]);
    await does(world, manager, 'sendReferral', { id: again.id, expectedVersion: 1 });
    const accepted = await partnerDoes(world, other.partner, 'acceptReferral', {
      id: again.id,
      expectedVersion: 2,
    });
    expect(accepted.status).toBe('ACCEPTED');
    const told = await does(world, manager, 'recordReferralOutcome', {
      id: again.id,
      expectedVersion: 3,
      attestedSource: 'PARTNER_PHONE',
      outcomeCode: 'HOUSED',
      firstServiceAt: new Date(Date.now() - 1000).toISOString(),
    });
    expect(told).toMatchObject({ kind: 'Referral', status: 'COMPLETED' });
  });
});

describe('staff', () => {
  const query = `query($id: ID!) { referral(id: $id) { status allowedCommands internalNote
    request { status } disclosures { channel } transitions { seq command } } }`;
  it('see it on their caseload and team; the privacy officer sees what left; others nothing', async () => {
    const { sent, manager, supervisor } = await aSentReferral();
    const ask = async (viewer: typeof manager) =>
      (await world.ask<{ referral: object | null }>(viewer, query, { id: sent.id })).referral;
    const seen = { status: 'SENT', request: { status: 'OPEN' }, disclosures: [{ channel: 'REFERRAL' }] };
    expect(await ask(manager)).toMatchObject({ ...seen, allowedCommands: ['cancel'] });
    expect(await ask(supervisor)).toMatchObject({ ...seen, allowedCommands: ['cancel', 'enterInError'] });
    expect(await ask(aViewer(id(), ['PRIVACY_OFFICER']))).toMatchObject(seen);
    expect(await ask(aViewer(id(), ['CASE_MANAGER']))).toBeNull();
    expect(await ask({ ...manager, graph: 'PARTNER' })).toBeNull();
  });

  it('find requests on the client, the need and by reference', async () => {
    const { sent, person, manager } = await aSentReferral();
    const entities = `query($all: [_Any!]!) { _entities(representations: $all) {
      ... on Client { openReferralCount referralRequests { referrals { id } } }
      ... on Need { referralRequests { status } } ... on Referral { status } } }`;
    const all = [
      { __typename: 'Client', id: person.clientId },
      { __typename: 'Need', id: person.needId },
      { __typename: 'Referral', id: sent.id },
    ];
    const answer = await world.ask<{ _entities: object[] }>(manager, entities, { all });
    expect(answer._entities).toEqual([
      { openReferralCount: 1, referralRequests: [{ referrals: [{ id: sent.id }] }] },
      { referralRequests: [{ status: 'OPEN' }] },
      { status: 'SENT' },
    ]);
    const { manager: stranger } = await world.aCase();
    expect((await world.ask<{ _entities: object[] }>(stranger, entities, { all }))._entities).toEqual([
      { openReferralCount: null, referralRequests: null },
      { referralRequests: null },
      null,
    ]);
  });
});

describe('two agencies that accept at once', () => {
  it('leave one acceptance and one tombstone', async () => {
    const [one, two] = [await world.aPartner(), await world.aPartner()];
    const { manager, person } = await world.aCase();
    await world.signs(person, [one.agencyId, two.agencyId]);
    const first = await does(world, manager, 'createReferral', {
      needId: person.needId,
      serviceId: one.serviceId,
      strategy: 'FIRST_ACCEPTS',
    });
    const [found] = await rows('select request_id from referral where id = $1', first.id);
    const second = await does(world, manager, 'createReferral', {
      requestId: found?.['request_id'],
      serviceId: two.serviceId,
    });
    for (const { id } of [first, second])
      await does(world, manager, 'sendReferral', { id, expectedVersion: 1 });

    const answers = await Promise.all([
      partnerDoes(world, one.partner, 'acceptReferral', { id: first.id, expectedVersion: 2 }),
      partnerDoes(world, two.partner, 'acceptReferral', { id: second.id, expectedVersion: 2 }),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['PartnerReferral', 'StaleVersion']);
    const ends = await rows(
      'select status, cancel_reason from referral where request_id = $1 order by status',
      found?.['request_id'],
    );
    expect(ends).toEqual([
      { status: 'ACCEPTED', cancel_reason: null },
      { status: 'CANCELLED', cancel_reason: 'SUPERSEDED' },
    ]);
    const types = await rows(
      'select type from partner_event e join referral r on r.id = e.referral_id where r.status = $1 and request_id = $2 order by number',
      'CANCELLED',
      found?.['request_id'],
    );
    expect(types.map(({ type }) => type)).toEqual(['partner.referral.sent', 'partner.referral.cancelled']);
  });
});

describe('when the client revokes', () => {
  const advance = async (to: 'SENT' | 'ACCEPTED' | 'IN_PROGRESS') => {
    const story = await aSentReferral();
    const { sent, partner } = story;
    if (to === 'SENT') return story;
    const accepted = await partnerDoes(world, partner, 'acceptReferral', {
      id: sent.id,
      expectedVersion: sent.version,
    });
    if (to === 'IN_PROGRESS')
      await partnerDoes(world, partner, 'startReferralService', {
        id: sent.id,
        expectedVersion: accepted.version,
        firstServiceAt: new Date(Date.now() - 1000).toISOString(),
      });
    return story;
  };

  it.each([
    ['SENT', 'CANCELLED'],
    ['ACCEPTED', 'CANCELLED'],
    ['IN_PROGRESS', 'CLOSED_UNRESOLVED'],
  ] as const)(
    'a referral that is %s becomes %s and a tombstone, and the ledger stays',
    async (before, after) => {
      const { sent, partner, person, consent } = await advance(before);
      const ledger = await rows('select id from disclosure where referral_id = $1', sent.id);
      await world.revokes(person, consent);
      await world.revokes(person, consent);

      const tombstone = (await world.ask<View>(partner, view, { id: sent.id })).partnerReferral;
      expect(tombstone).toMatchObject({
        id: sent.id,
        status: after,
        person: null,
        priority: null,
        version: null,
      });
      expect(await rows('select id from disclosure where referral_id = $1', sent.id)).toEqual(ledger);
      const history = await rows(
        'select reason from referral_transition where referral_id = $1 order by seq desc limit 1',
        sent.id,
      );
      expect(history).toEqual([{ reason: 'CONSENT_REVOKED' }]);
    },
  );

  it('the partner is blind at once, before this service has heard of it', async () => {
    const { sent, partner, person, consent } = await advance('ACCEPTED');
    await world.revokes(person, consent, { heard: false });
    expect((await world.ask<View>(partner, view, { id: sent.id })).partnerReferral).toMatchObject({
      status: 'CANCELLED',
      person: null,
      priority: null,
    });
  });

  it('nobody can accept any more', async () => {
    const { sent, partner, person, consent } = await advance('SENT');
    await world.revokes(person, consent, { heard: false });
    expect(
      await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version }),
    ).toMatchObject({
      kind: 'Forbidden',
    });
  });
});

describe('the database', () => {
  it.each(['referral_transition', 'disclosure', 'partner_event'])(
    'keeps %s as it was written',
    async (table) => {
      await aSentReferral();
      await expect(rows(`delete from ${table}`)).rejects.toThrow(/permission denied|append-only/);
      await expect(rows(`update ${table} set referral_id = referral_id`)).rejects.toThrow(
        /permission denied|append-only/,
      );
    },
  );
});
