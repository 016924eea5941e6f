import { does, referralsWorld, type World } from '../../loop.test-world.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld({ DATABASE_POOL_SIZE: '10' });
});
afterAll(() => world.close());

describe('24 referrals of one case manager', () => {
  it('are all cancelled at once, in a pool of ten connections', async () => {
    const { manager, person } = await world.aCase();
    const drafts: string[] = [];
    for (let n = 0; n < 24; n++) {
      const { serviceId } = await world.aPartner();
      const draft = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
      drafts.push(draft.id);
    }
    const answers = await Promise.all(
      drafts.map((id) =>
        does(world, manager, 'cancelReferral', { id, expectedVersion: 1, reason: 'CLIENT_CHANGED_MIND' }),
      ),
    );
    expect(answers.map(({ kind, status }) => `${kind} ${status}`)).toEqual(
      Array<string>(24).fill('Referral CANCELLED'),
    );
  });
});
