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

type Sent = Awaited<ReturnType<typeof aSentReferral>>;

/** An agency that has accepted, and one that has begun the service. */
async function anAccepted(): Promise<Sent & { version: number }> {
  const it = await aSentReferral(world);
  const { version } = await partnerDoes(world, it.partner, 'acceptReferral', {
    id: it.sent.id,
    expectedVersion: 2,
  });
  return { ...it, version };
}
async function aBegun(): Promise<Sent & { version: number }> {
  const it = await anAccepted();
  const begun = await start(it);
  expect(begun).toMatchObject({ kind: 'PartnerReferral' });
  return { ...it, version: begun.version };
}
const start = ({ partner, sent, version }: Sent & { version: number }) =>
  partnerDoes(world, partner, 'startReferralService', {
    ...{ id: sent.id, expectedVersion: version, firstServiceAt: new Date().toISOString() },
  });

const stateOf = async ({ sent }: Sent) => {
  const [row]: { status: string; reason: string | null; actor: string }[] = await world.db.query(
    `select r.status, coalesce(r.cancel_reason, r.outcome ->> 'code') as reason, t.actor_kind as actor
     from referral r join referral_transition t on t.referral_id = r.id and t.seq = r.version where r.id = $1`,
    [sent.id],
  );
  return row;
};
const seen = async ({ partner, sent }: Sent) => {
  const query = `query($id: ID!) { partnerReferral(id: $id) { status person { name } allowedCommands } }`;
  const { partnerReferral } = await world.ask<{ partnerReferral: object | null }>(partner, query, {
    id: sent.id,
  });
  return partnerReferral;
};

describe.each([
  ['a block of the agency', (it: Sent) => world.blocks(it.person, [it.agencyId])],
  ['a restriction of all disclosure', (it: Sent) => world.restricts(it.person, true)],
])('%s', (_what, happens) => {
  it('cancels what was accepted: the agency keeps a tombstone and can begin nothing', async () => {
    const it = await anAccepted();
    await happens(it);
    expect(await stateOf(it)).toEqual({ status: 'CANCELLED', reason: 'SAFETY_BLOCK', actor: 'SYSTEM' });
    expect(await seen(it)).toEqual({ status: 'CANCELLED', person: null, allowedCommands: [] });
    expect(await start({ ...it, version: it.version + 1 })).toMatchObject({ kind: 'InvalidTransition' });
  });

  it('closes a service that has begun', async () => {
    const it = await aBegun();
    await happens(it);
    expect(await stateOf(it)).toMatchObject({ status: 'CLOSED_UNRESOLVED', reason: 'SAFETY_BLOCK' });
    expect(await seen(it)).toMatchObject({ status: 'CLOSED_UNRESOLVED', person: null });
  });

  it('is told to the case manager as a fact', async () => {
    const it = await anAccepted();
    await happens(it);
    const [fact]: { payload: object }[] = await world.db.query(
      `select payload from outbox where key = $1 and type = 'ReferralCancelled'`,
      [it.sent.id],
    );
    expect(fact?.payload).toMatchObject({ caseManagerId: it.manager.id });
  });
});

describe('a block', () => {
  it('leaves the referrals to other agencies as they are, and ends nothing when it is lifted', async () => {
    const it = await anAccepted();
    await world.blocks(it.person, [id()]);
    expect(await stateOf(it)).toMatchObject({ status: 'ACCEPTED' });
    await world.blocks(it.person, []);
    expect(await start(it)).toMatchObject({ kind: 'PartnerReferral', status: 'IN_PROGRESS' });
  });

  it('stops every step of the agency as soon as this service knows it, before the referral has ended', async () => {
    const it = await anAccepted();
    await world.db.query(
      `insert into client_restriction (client_id, restrict_all, blocked_agency_ids) values ($1, false, $2)`,
      [it.person.clientId, [it.agencyId]],
    );
    expect(await start(it)).toMatchObject({ kind: 'Forbidden' });
    expect(await stateOf(it)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('is not told to the agency by a reason that only it could have', async () => {
    const it = await anAccepted();
    Object.assign(it.person, { limits: { blockedAgencyIds: [it.agencyId] } });
    const query = `query($id: ID!) { partnerReferral(id: $id) { status access { reason } } }`;
    const shown = JSON.stringify(await world.ask(it.partner, query, { id: it.sent.id }));
    expect(shown).toContain('CANCELLED');
    expect(shown).not.toMatch(/SAFETY|RESTRICT|BLOCK/);
  });

  it('cannot be given as a reason by a person', async () => {
    const it = await anAccepted();
    const input = { id: it.sent.id, expectedVersion: it.version, reason: 'SAFETY_BLOCK' };
    expect(await does(world, it.manager, 'cancelReferral', input)).toMatchObject({ kind: 'InvalidInput' });
  });
});

describe('the end of an agreement', () => {
  const admin = aViewer(id(), ['PROGRAM_ADMIN']);
  const describeAgency = (input: object) =>
    world.ask<{ describeAgency: { __typename: string } }>(
      admin,
      `mutation($input: DescribeAgencyInput!) { describeAgency(input: $input) { __typename } }`,
      { input },
    );

  it.each([
    ['by hand', { agreements: [{ type: 'MOU', from: '2020-01-01', to: '2021-01-01' }] }],
    ['with the agency itself', { status: 'INACTIVE' }],
  ])('%s ends everything that is under way there', async (_how, change) => {
    const [accepted, begun] = [await anAccepted(), await aBegun()];
    for (const { agencyId } of [accepted, begun])
      await describeAgency({ id: agencyId, expectedVersion: 1, ...change });
    await eventually(async () => {
      expect(await stateOf(accepted)).toMatchObject({
        status: 'CANCELLED',
        reason: 'AGENCY_AGREEMENT_ENDED',
      });
      expect(await stateOf(begun)).toMatchObject({
        ...{ status: 'CLOSED_UNRESOLVED', reason: 'AGENCY_AGREEMENT_ENDED' },
      });
    });
  });

  it('on a day to come waits in the queue until that day is over where the agency is', async () => {
    const { agencyId } = await anAccepted();
    const agreements = [{ type: 'MOU', from: '2020-01-01', to: '2090-06-30' }];
    await describeAgency({ id: agencyId, expectedVersion: 1, agreements, timeZone: 'America/Los_Angeles' });
    const [job]: { run_at: Date }[] = await world.db.query(
      `select run_at from graphile_worker.jobs where key = $1`,
      [`agency.agreement-check:${agencyId}`],
    );
    expect(job?.run_at).toEqual(new Date('2090-07-01T07:00:00Z'));
  });

  it('is looked for once more, for a referral that was sent in its last moment', async () => {
    const it = await anAccepted();
    await describeAgency({ id: it.agencyId, expectedVersion: 1, status: 'INACTIVE' });
    await eventually(async () => {
      const [job]: { payload: object }[] = await world.db.query(
        `select j.payload from graphile_worker._private_jobs j where j.key = $1`,
        [`agency.agreement-check:${it.agencyId}`],
      );
      expect(job?.payload).toMatchObject({ isSecondLook: true });
    });
  });

  it('described again as it is keeps the version', async () => {
    const { agencyId } = await anAccepted();
    const version = async () => {
      const [row]: { version: number }[] = await world.db.query('select version from agency where id = $1', [
        agencyId,
      ]);
      return row?.version;
    };
    await describeAgency({ id: agencyId, expectedVersion: 1, status: 'ACTIVE' });
    expect(await version()).toBe(1);
  });
});

describe.each([
  [
    'blocks the agency',
    'SAFETY_BLOCK',
    (it: Sent) => world.blocks(it.person, [it.agencyId]),
    'blockedAgencyIds',
  ],
  ['restricts all disclosure', 'RESTRICTED', (it: Sent) => world.restricts(it.person, true), 'restrictAll'],
] as const)('a client who %s', (_what, code, happens, limit) => {
  const blocked = { kind: 'DisclosureBlocked', reasons: [{ code }] };
  const draftFor = (it: Sent) =>
    does(world, it.manager, 'createReferral', { needId: it.person.needId, serviceId: it.serviceId });

  it('is told of when a referral is created', async () => {
    const it = await aSentReferral(world);
    await happens(it);
    expect(await draftFor(it)).toMatchObject(blocked);
  });

  it('stops a draft that is sent, before and after this service has heard of it', async () => {
    const partner = await world.aPartner();
    const { manager, person } = await world.aCase();
    await world.signs(person, [partner.agencyId]);
    const it = { manager, person, ...partner } as unknown as Sent;
    const draft = await draftFor(it);
    const send = () => does(world, manager, 'sendReferral', { id: draft.id, expectedVersion: 1 });
    person.limits = { [limit]: limit === 'restrictAll' ? true : [partner.agencyId] };
    expect(await send()).toMatchObject(blocked);
    person.limits = {};
    await happens(it);
    expect(await send()).toMatchObject(blocked);
  });
});

describe('two people who each have referrals at the same two agencies', () => {
  it('block both agencies at the same moment: nobody waits for the other for ever', async () => {
    const [one, two] = [await anAccepted(), await anAccepted()];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        world.blocks(one.person, [one.agencyId, two.agencyId]),
        world.blocks(two.person, [two.agencyId, one.agencyId]),
      ]);
    }
    expect(await stateOf(one)).toMatchObject({ status: 'CANCELLED' });
    expect(await stateOf(two)).toMatchObject({ status: 'CANCELLED' });
  });
});
