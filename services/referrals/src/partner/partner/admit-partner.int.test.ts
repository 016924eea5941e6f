import { addDays, today } from '@throughline/privacy';
import type { Viewer } from '@throughline/graphql';
import { id } from '../../loop.test-person.ts';
import { aSentReferral, aViewer, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

const view = 'query($id: ID!) { partnerReferral(id: $id) { id } }';
const ended = addDays(today({ now: new Date(), timeZone: 'UTC' }), -3);

describe('a partner', () => {
  it.each([
    ['is not active', `status = 'INACTIVE'`],
    [
      'has an agreement that ended',
      `agreements = '[{ "type": "MOU", "from": "2020-01-01", "to": "${ended}" }]'`,
    ],
  ])('whose agency %s reads and changes nothing from the next request on', async (_case, change) => {
    const { sent, partner, agencyId } = await aSentReferral(world);
    await expect(world.ask(partner, view, { id: sent.id })).resolves.toEqual({
      partnerReferral: { id: sent.id },
    });
    const steps = 'select count(*)::int from referral_transition where referral_id = $1';
    const before: unknown = await world.db.query(steps, [sent.id]);

    await world.db.query(`update agency set ${change} where id = $1`, [agencyId]);
    await expect(world.ask(partner, view, { id: sent.id })).rejects.toThrow('UNAUTHENTICATED');
    const accept = { id: sent.id, expectedVersion: 3 };
    await expect(partnerDoes(world, partner, 'acceptReferral', accept)).rejects.toThrow('UNAUTHENTICATED');
    expect(await world.db.query(steps, [sent.id])).toEqual(before);
  });

  it('of an agency that nobody knows is refused', async () => {
    const { sent, partner } = await aSentReferral(world);
    const stranger = { ...partner, agencyId: '0193a000-0000-7000-8000-000000000001' };
    await expect(world.ask(stranger, view, { id: sent.id })).rejects.toThrow('UNAUTHENTICATED');
  });

  it('who is recorded as inactive, or without the role of the token, is refused from the next request on', async () => {
    const { sent, partner, agencyId } = await aSentReferral(world);
    const admin = aViewer('admin', ['PROGRAM_ADMIN']);
    const record = (viewer: Viewer, input: object) =>
      world.ask<{ it: { kind: string; version: number; issues?: object[] } }>(
        viewer,
        `mutation ($input: RecordPartnerPrincipalInput!) { it: recordPartnerPrincipal(input: $input) {
          kind: __typename ... on PartnerPrincipal { version } ... on InvalidInput { issues { path code } } } }`,
        { input: { subject: partner.id, ...input } },
      );
    const reads = () => world.ask(partner, view, { id: sent.id });
    const webhooks = () => world.ask(partner, '{ webhookSubscriptions { id } }');
    await webhooks();

    const recorded = await record(admin, { agencyId, name: 'Desk', roles: ['PARTNER_INTAKE'] });
    expect(recorded.it).toEqual({ kind: 'PartnerPrincipal', version: 1 });
    await reads();
    await expect(webhooks()).rejects.toThrow('FORBIDDEN');
    await expect(record(partner, { active: true, expectedVersion: 1 })).rejects.toThrow('FORBIDDEN');
    await record(admin, { agencyId, active: false, expectedVersion: 1 });
    await expect(reads()).rejects.toThrow('UNAUTHENTICATED');
    expect((await record(admin, { agencyId, active: true })).it.kind).toBe('StaleVersion');
    await record(admin, { agencyId, active: true, expectedVersion: 2 });
    await reads();
  });

  it('who is an administrator keeps the records of the own agency, and knows of no other', async () => {
    const one = await world.aPartner();
    const other = await world.aPartner();
    const record = (viewer: Viewer, input: object) =>
      world.ask<{ it: { kind: string; issues?: object[] } }>(
        viewer,
        `mutation ($input: RecordPartnerPrincipalInput!) { it: recordPartnerPrincipal(input: $input) {
          kind: __typename ... on InvalidInput { issues { path code } } } }`,
        { input },
      );
    const list =
      'query ($id: ID) { it: partnerPrincipals(agencyId: $id) { edges { node { subject roles active } } } }';
    const subject = other.partner.id;
    const desk = { subject, name: 'Desk', roles: ['PARTNER_INTAKE'] };
    expect((await record(one.partner, { ...desk, active: false })).it.kind).toBe('PartnerPrincipal');
    const unknown = { kind: 'InvalidInput', issues: [{ path: 'agencyId', code: 'UNKNOWN' }] };
    for (const agencyId of [other.agencyId, id()])
      expect((await record(one.partner, { ...desk, agencyId })).it).toEqual(unknown);
    expect((await record(aViewer('admin', ['PROGRAM_ADMIN']), desk)).it).toEqual(unknown);

    const own = { it: { edges: [{ node: { subject, roles: ['PARTNER_INTAKE'], active: false } }] } };
    await expect(world.ask(one.partner, list)).resolves.toEqual(own);
    await expect(world.ask(one.partner, list, { id: other.agencyId })).resolves.toEqual({ it: null });
    const admin = aViewer('admin', ['PROGRAM_ADMIN']);
    await expect(world.ask(admin, list, { id: one.agencyId })).resolves.toEqual(own);
    // The same subject at its own agency goes on: no agency shuts out the people of another one.
    await expect(world.ask(other.partner, list)).resolves.toEqual({ it: { edges: [] } });
  });

  it('is recorded once when two do it at the same moment', async () => {
    const { partner } = await world.aPartner();
    const record = `mutation { it: recordPartnerPrincipal(input: { subject: "desk", name: "Desk", roles: [PARTNER_INTAKE] }) {
      kind: __typename } }`;
    const answers = await Promise.all([1, 2].map(() => world.ask<{ it: { kind: string } }>(partner, record)));
    expect(answers.map(({ it }) => it.kind).sort()).toEqual(['PartnerPrincipal', 'StaleVersion']);
  });
});
