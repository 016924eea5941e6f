import {
  aSentReferral,
  does,
  partnerDoes,
  referralsWorld,
  type Answer,
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

describe('the partner', () => {
  it('sees stage 1 without a name, accepts, then sees the name, each read in the ledger', async () => {
    const { sent, partner } = await aSentReferral(world);
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
    // Sent, read, read again with the name. The answer of accepting held nothing about the person.
    expect(ledger).toHaveLength(3);
    expect(ledger.map(({ id }) => id)).toContain(second?.disclosure?.disclosureRecordId);
  });

  it('never learns that it is blocked or that a place is secret, nor before it accepts whom not to call', async () => {
    const { sent, partner, person, agencyId } = await aSentReferral(world);
    const limits = `query($id: ID!) { partnerReferral(id: $id) { contactProhibited access { reason } } }`;
    const ask = async () => {
      const { partnerReferral } = await world.ask<View>(partner, limits, { id: sent.id });
      return {
        ...partnerReferral,
        access: [...new Set(partnerReferral?.access.map(({ reason }) => reason))].sort(),
      };
    };
    person.limits = { safeAddress: true, contactProhibited: true };
    expect(await ask()).toEqual({ contactProhibited: null, access: ['MIN_NECESSARY', 'OK'] });
    await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version + 1 });
    expect(await ask()).toEqual({ contactProhibited: true, access: ['MIN_NECESSARY', 'OK'] });
    person.limits = { blockedAgencyIds: [agencyId] };
    expect(await ask()).toEqual({ contactProhibited: null, access: ['MIN_NECESSARY'] });
    person.limits = { restrictAll: true };
    expect(await ask()).toEqual({ contactProhibited: null, access: ['MIN_NECESSARY'] });
  });

  /** Source: infra/reference/domain.md 8.9 (15). */
  it('loses the telephone of a person whom nobody may contact, and gets it back when that is over', async () => {
    const { sent, partner, person } = await aSentReferral(world);
    const phone = async () => {
      const { partnerReferral } = await world.ask<View>(partner, view, { id: sent.id });
      return partnerReferral?.person;
    };
    expect(await phone()).toMatchObject({ name: null, phone: null });
    await partnerDoes(world, partner, 'acceptReferral', { id: sent.id, expectedVersion: sent.version + 1 });
    expect(await phone()).toMatchObject({ name: 'Wren', phone: '+15035550123' });
    person.limits = { contactProhibited: true };
    expect(await phone()).toMatchObject({ name: 'Wren', phone: null });
    person.limits = {};
    expect(await phone()).toMatchObject({ phone: '+15035550123' });
  });

  it('does not read what staff wrote about an outcome recorded for it', async () => {
    const { sent, partner, manager } = await aSentReferral(world);
    const accepted = await partnerDoes(world, partner, 'acceptReferral', {
      id: sent.id,
      expectedVersion: sent.version,
    });
    const told = await does(world, manager, 'recordReferralOutcome', {
      id: sent.id,
      expectedVersion: accepted.version,
      attestedSource: 'CLIENT_REPORT',
      outcomeCode: 'HOUSED',
      firstServiceAt: new Date(Date.now() - 1000).toISOString(),
      note: 'For the program only',
    });
    expect(told).toMatchObject({ status: 'COMPLETED' });
    const query = `query($id: ID!) { partnerReferral(id: $id) { outcome { code note } } }`;
    expect(await world.ask(partner, query, { id: sent.id })).toEqual({
      partnerReferral: { outcome: { code: 'HOUSED', note: null } },
    });
  });

  it('of another agency finds nothing', async () => {
    const { sent } = await aSentReferral(world);
    const { partner: stranger } = await world.aPartner();
    expect((await world.ask<View>(stranger, view, { id: sent.id })).partnerReferral).toBeNull();
    expect(
      await partnerDoes(world, stranger, 'acceptReferral', { id: sent.id, expectedVersion: 2 }),
    ).toMatchObject({
      kind: 'NotFound',
    });
  });

  it('without an agreement is refused', async () => {
    const { sent, partner, agencyId } = await aSentReferral(world);
    await rows(`update agency set agreements = '[]' where id = $1`, agencyId);
    await expect(world.ask(partner, view, { id: sent.id })).rejects.toThrow('UNAUTHENTICATED');
  });

  it('sees nobody while the consent cannot be verified', async () => {
    const { sent, partner } = await aSentReferral(world);
    world.clients.down = true;
    const blind = (await world.ask<View>(partner, view, { id: sent.id })).partnerReferral;
    world.clients.down = false;
    expect(blind).toMatchObject({ status: 'SENT', person: null, priority: null });
    expect(new Set(blind?.access.map(({ reason }) => reason))).toEqual(new Set(['CONSENT_UNVERIFIABLE']));
  });

  it('starts the service and closes it: the request is resolved', async () => {
    const { sent, partner, person } = await aSentReferral(world);
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
      requestId: found?.request_id,
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
      found?.request_id,
    );
    expect(ends).toEqual([
      { status: 'ACCEPTED', cancel_reason: null },
      { status: 'CANCELLED', cancel_reason: 'SUPERSEDED' },
    ]);
    const types = await rows(
      'select type from partner_event e join referral r on r.id = e.referral_id where r.status = $1 and request_id = $2 order by number',
      'CANCELLED',
      found?.request_id,
    );
    expect(types.map(({ type }) => type)).toEqual(['partner.referral.sent', 'partner.referral.cancelled']);
  });
});

describe('when a new consent takes the place of the one that a referral relies on', () => {
  const recipient = (agencyId: string) => ({ recipients: [{ agencyId, classCode: null }] });

  it.each([
    ['without the agency', () => recipient(id())],
    [
      'without the purpose',
      (agencyId: string) => ({ ...recipient(agencyId), purposes: ['TREATMENT'] as const }),
    ],
  ])('%s, the referral ends as after a revocation', async (_how, over) => {
    const { sent, person, consent, agencyId } = await aSentReferral(world);
    await world.supersedes(person, consent, over(agencyId));
    expect(await rows('select status, cancel_reason from referral where id = $1', sent.id)).toEqual([
      { status: 'CANCELLED', cancel_reason: 'CONSENT_REVOKED' },
    ]);
  });

  it('with both, it goes on', async () => {
    const { sent, person, consent, agencyId } = await aSentReferral(world);
    const next = await world.supersedes(person, consent, recipient(agencyId));
    expect(await rows('select status, consent_ids from referral where id = $1', sent.id)).toEqual([
      { status: 'SENT', consent_ids: [next.id] },
    ]);
  });
});

describe('when the client revokes', () => {
  const advance = async (to: 'SENT' | 'ACCEPTED' | 'IN_PROGRESS') => {
    const story = await aSentReferral(world);
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
