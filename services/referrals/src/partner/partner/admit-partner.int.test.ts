import { addDays, today } from '@throughline/privacy';
import { aSentReferral, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';

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
});
