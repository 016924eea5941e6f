import { aViewer, does, referralsWorld, type World } from '../../loop.test-world.ts';
import { id } from '../../loop.test-person.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

describe('one live referral for a client, a kind of need and a service', () => {
  it('is all that ten clicks at once make', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const clicks = Array.from({ length: 10 }, () =>
      does(world, manager, 'createReferral', { needId: person.needId, serviceId }),
    );
    const kinds = (await Promise.all(clicks)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual([...Array.from({ length: 9 }, () => 'DuplicateReferral'), 'Referral']);
  });

  it('is named to those who may read it', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const input = { needId: person.needId, serviceId };
    const first = await does(world, manager, 'createReferral', input);
    const mutation = `mutation($input: CreateReferralInput!) { createReferral(input: $input) {
      ... on DuplicateReferral { message referral { id } } } }`;
    expect(await world.ask(manager, mutation, { input })).toMatchObject({
      createReferral: { referral: { id: first.id } },
    });

    // An intake worker reads referrals for practical needs of the queue, as the need itself.
    await world.db.query('update care set queued = true, case_manager_id = null where client_id = $1', [
      person.clientId,
    ]);
    expect(await world.ask(aViewer(id(), ['INTAKE_WORKER']), mutation, { input })).toMatchObject({
      createReferral: { referral: { id: first.id } },
    });
  });

  it('is looked for again when it is sent: of two that are older than the rule, one goes out', async () => {
    const { serviceId, agencyId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    await world.signs(person, [agencyId]);
    const first = await does(world, manager, 'createReferral', { needId: person.needId, serviceId });
    const copy = id();
    await world.db.query(
      `insert into referral_request select ($2::uuid), client_id, case_id, need_id, need_category, strategy, status,
         choices, created_by, created_at, closed_at from referral_request
       where id = (select request_id from referral where id = $1)`,
      [first.id, copy],
    );
    await world.db.query(
      `insert into referral select (jsonb_populate_record(r, jsonb_build_object(
         'id', $2::uuid, 'request_id', $2::uuid, 'twin', true))).* from referral r where id = $1`,
      [first.id, copy],
    );
    const send = (one: string) => does(world, manager, 'sendReferral', { id: one, expectedVersion: 1 });
    const answers = [await send(first.id), await send(copy)];
    expect(answers.map(({ kind }) => kind)).toEqual(['DuplicateReferral', 'DuplicateReferral']);
    await does(world, manager, 'cancelReferral', { id: copy, expectedVersion: 1, reason: 'DUPLICATE' });
    expect(await send(first.id)).toMatchObject({ kind: 'Referral', status: 'SENT' });
  });
});
