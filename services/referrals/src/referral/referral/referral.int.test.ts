import { eventually } from '@throughline/testing';
import {
  aSentReferral,
  aViewer,
  does,
  partnerDoes,
  referralsWorld,
  type World,
} from '../../loop.test-world.ts';
import { id } from '../../loop.test-person.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

const rows = (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
  world.db.query(sql, values);

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
    expect(await create(manager, { needId: person.needId, serviceId })).toMatchObject({
      kind: 'DuplicateReferral',
    });
    expect(await create(stranger, { needId: person.needId, serviceId })).toMatchObject({ kind: 'NotFound' });
    expect(await create(manager, { needId: 'nonsense', serviceId })).toMatchObject({ kind: 'InvalidInput' });
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

describe('a repeated command', () => {
  it('tells nothing to somebody who lost the client meanwhile', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const input = { needId: person.needId, serviceId, idempotencyKey: id() };
    const draft = await does(world, manager, 'createReferral', input);
    const step = { id: draft.id, expectedVersion: 1, idempotencyKey: id() };
    expect(await does(world, manager, 'submitReferral', step)).toMatchObject({ status: 'PENDING_CONSENT' });

    await rows('update care set case_manager_id = $1 where client_id = $2', id(), person.clientId);
    expect(await does(world, manager, 'createReferral', input)).toMatchObject({ kind: 'NotFound' });
    expect(await does(world, manager, 'submitReferral', step)).toMatchObject({ kind: 'NotFound' });
  });
});

describe('an intake worker', () => {
  it('refers while nobody leads the case, and then no more', async () => {
    const [{ serviceId }, other] = [await world.aPartner(), await world.aPartner()];
    const { person } = await world.aCase();
    const intake = aViewer(id(), ['INTAKE_WORKER']);
    const input = { needId: person.needId, serviceId };
    expect(await does(world, intake, 'createReferral', input)).toMatchObject({ kind: 'NotFound' });
    await rows('update care set queued = true, case_manager_id = null where client_id = $1', person.clientId);
    expect(
      await does(world, intake, 'createReferral', { ...input, serviceId: other.serviceId }),
    ).toMatchObject({
      kind: 'Referral',
    });
  });
});

describe('sending', () => {
  it('asks nobody about a referral that is not the viewer’s', async () => {
    const { sent } = await aSentReferral(world);
    const { manager: stranger } = await world.aCase();
    const { calls } = world.clients;
    const answer = await does(world, stranger, 'sendReferral', { id: sent.id, expectedVersion: 1 });
    expect(answer).toMatchObject({ kind: 'NotFound' });
    expect(world.clients.calls).toBe(calls);
  });

  it('relies on no consent of which this service has heard that it ended', async () => {
    const { serviceId, agencyId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const consent = await world.signs(person, [agencyId]);
    const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    await world.revokes(person, consent);
    // What was read before the revocation.
    Object.assign(consent, { status: 'ACTIVE', revokedAt: null });
    const answer = await does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    expect(answer.reasons).toEqual([{ code: 'CONSENT_UNVERIFIABLE' }]);
  });

  it('is held back by a restriction that was set after the client’s privacy was read', async () => {
    const { serviceId, agencyId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    await world.signs(person, [agencyId]);
    const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    const input = { id: draft.id, expectedVersion: 1 };
    await world.restricts(person, true);
    expect((await does(world, manager, 'sendReferral', input)).reasons).toEqual([{ code: 'RESTRICTED' }]);
    await world.restricts(person, false);
    expect(await does(world, manager, 'sendReferral', input)).toMatchObject({ status: 'SENT' });
  });

  it('is waited for by a revocation that comes at the same moment', async () => {
    const { serviceId, agencyId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const consent = await world.signs(person, [agencyId]);
    await world.signs(person, [id()]);
    const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    let heard: Promise<void> | undefined;
    await world.db.transaction(async (tx) => {
      await tx.query(
        `update referral set status = 'SENT', sent_at = now(), consent_ids = array[$2::uuid] where id = $1`,
        [draft.id, consent.id],
      );
      heard = world.revokes(person, consent);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await heard;
    await eventually(async () =>
      expect(await rows('select cancel_reason from referral where id = $1', draft.id)).toEqual([
        { cancel_reason: 'CONSENT_REVOKED' },
      ]),
    );
  });

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
    const { sent, consent, agencyId } = await aSentReferral(world);
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
    const { sent, manager } = await aSentReferral(world);
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

describe('a question of the agency', () => {
  it('stops the clock until the sender answers', async () => {
    const { sent, partner, manager } = await aSentReferral(world);
    const clock = () => rows('select status, expires_at, paused_ms from referral where id = $1', sent.id);
    const asked = await partnerDoes(world, partner, 'requestReferralInfo', {
      id: sent.id,
      expectedVersion: sent.version,
      question: 'Is there a dog?',
    });
    expect(await clock()).toMatchObject([
      { status: 'INFO_REQUESTED', expires_at: null, paused_ms: expect.any(Number) as number },
    ]);
    await does(world, manager, 'provideReferralInfo', {
      id: sent.id,
      expectedVersion: asked.version,
      answer: 'No.',
    });
    expect(await clock()).toMatchObject([
      { status: 'RECEIVED', expires_at: expect.any(Date) as Date, paused_ms: null },
    ]);
  });
});

describe('no answer', () => {
  it('by the hard deadline ends the referral, and the request asks for another way', async () => {
    const { sent, person } = await aSentReferral(world);
    await rows(`update referral set expires_at = now() - interval '1 second' where id = $1`, sent.id);
    await rows(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1), run_at => now())`,
      `referral.expire:${sent.id}`,
    );
    await eventually(async () => {
      const [found] = await rows('select status from referral where id = $1', sent.id);
      return found?.status === 'EXPIRED';
    });
    expect(await rows('select status from referral_request where client_id = $1', person.clientId)).toEqual([
      { status: 'NEEDS_REROUTE' },
    ]);
  });

  it('can be tried elsewhere, and told by staff for an agency outside the network', async () => {
    const { sent, partner, manager, person } = await aSentReferral(world);
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
    const { sent, person, manager, supervisor, agencyId } = await aSentReferral(world);
    const ask = async (viewer: typeof manager) =>
      (await world.ask<{ referral: object | null }>(viewer, query, { id: sent.id })).referral;
    const seen = { status: 'SENT', request: { status: 'OPEN' }, disclosures: [{ channel: 'REFERRAL' }] };
    expect(await ask(manager)).toMatchObject({ ...seen, allowedCommands: ['CANCEL'] });
    expect(await ask(supervisor)).toMatchObject({ ...seen, allowedCommands: ['CANCEL', 'ENTER_IN_ERROR'] });
    expect(await ask(aViewer(id(), ['PRIVACY_OFFICER']))).toMatchObject(seen);
    expect(await ask(aViewer(id(), ['CASE_MANAGER']))).toBeNull();
    await rows('update care set queued = true where client_id = $1', person.clientId);
    expect(await ask(aViewer(id(), ['INTAKE_WORKER']))).toMatchObject({ ...seen, disclosures: null });
    await expect(ask({ ...manager, graph: 'PARTNER' })).rejects.toThrow('UNAUTHENTICATED');
    await expect(ask({ ...manager, graph: 'PARTNER', agencyId })).rejects.toThrow('FORBIDDEN');
  });

  it('read what people wrote in a referral, and a privacy officer reads none of it', async () => {
    const { sent, manager } = await aSentReferral(world);
    const words = ['Shared', 'Internal', 'Asked', 'Answered', 'Of the outcome', 'Of the step', 'Declined'];
    const [text, internal, question, answer, outcome, step, declined] = words;
    await rows(
      `update referral set reason_text = $2, internal_note = $3, question = $4, answer = $5, outcome = $6 where id = $1`,
      ...[
        sent.id,
        text,
        internal,
        question,
        answer,
        { code: 'HOUSED', note: outcome, enrollmentStatus: outcome },
      ],
    );
    await rows(
      `insert into referral_transition select referral_id, seq + 100, rule, command, from_status, to_status,
         actor_kind, actor_id, actor_agency_id, on_behalf_of, reason, $2, at
       from referral_transition where referral_id = $1 and command = 'send'`,
      ...[sent.id, step],
    );
    await rows(
      `update referral_request r set choices = jsonb_set(r.choices, '{0,declinedOptions}', jsonb_build_array(
         jsonb_build_object('serviceId', r.choices->0->>'serviceId', 'reason', $2::text)))
       from referral f where f.request_id = r.id and f.id = $1`,
      ...[sent.id, declined],
    );
    const query = `query($id: ID!) { referral(id: $id) { status reasonText internalNote question answer outcome { code note enrollmentStatus }
      transitions { note } request { choices { declinedOptions { service { id } reason } } } } }`;
    const readBy = async (viewer: typeof manager) => {
      const answer = JSON.stringify(await world.ask(viewer, query, { id: sent.id }));
      expect(answer).toContain(`"declinedOptions":[{"service":{"id":`);
      return words.filter((word) => answer.includes(word));
    };
    expect(await readBy(manager)).toEqual(words);
    expect(await readBy(aViewer(id(), ['PRIVACY_OFFICER']))).toEqual([]);
  });

  it('find requests on the client, the need and by reference', async () => {
    const { sent, person, manager } = await aSentReferral(world);
    const entities = `query($all: [_Any!]!) { _entities(representations: $all) {
      ... on Client { openReferralCount referralRequests { referrals { id } } }
      ... on Need { referralRequests { status } } ... on Referral { status } } }`;
    const all = [
      { __typename: 'Client', id: person.clientId },
      { __typename: 'Need', id: person.needId },
      { __typename: 'Referral', id: sent.id },
      { __typename: 'Client', id: 'no-uuid' },
    ];
    const answer = await world.ask<{ _entities: object[] }>(manager, entities, { all });
    expect(answer._entities).toEqual([
      { openReferralCount: 1, referralRequests: [{ referrals: [{ id: sent.id }] }] },
      { referralRequests: [{ status: 'OPEN' }] },
      { status: 'SENT' },
      { openReferralCount: null, referralRequests: null },
    ]);
    const { manager: stranger } = await world.aCase();
    expect((await world.ask<{ _entities: object[] }>(stranger, entities, { all }))._entities).toEqual([
      { openReferralCount: null, referralRequests: null },
      { referralRequests: null },
      null,
      { openReferralCount: null, referralRequests: null },
    ]);
  });
});

describe('the database', () => {
  it.each(['referral_transition', 'disclosure', 'partner_event'])(
    'keeps %s as it was written',
    async (table) => {
      await aSentReferral(world);
      await expect(rows(`delete from ${table}`)).rejects.toThrow(/permission denied|append-only/);
      await expect(rows(`update ${table} set referral_id = referral_id`)).rejects.toThrow(
        /permission denied|append-only/,
      );
    },
  );
});
