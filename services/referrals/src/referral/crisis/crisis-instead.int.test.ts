import { caseManagerAssigned, crisisOpened, crisisResolved } from '@throughline/events';
import { aViewer, does, referralsWorld, type World } from '../../loop.test-world.ts';
import { id } from '../../loop.test-person.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

const CREATE = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) { __typename
  ... on CrisisInstead { crisis { id } } ... on Problem { message } } }`;
async function openCrisis(clientId: string, level = 1): Promise<string> {
  const alertId = id();
  const names = { alertId, clientId, level, caseManagerId: null, supervisorId: null };
  await world.hear(crisisOpened.of(clientId, new Date(), names));
  return alertId;
}

describe('a client in imminent danger', () => {
  it('gets no EMERGENT referral while the crisis is open, and may get a routine one', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const { needId, clientId } = person;
    const input = { needId, serviceId, priority: 'EMERGENT' };
    await openCrisis(clientId, 2);
    const alertId = await openCrisis(clientId);
    expect(await world.ask(manager, CREATE, { input })).toMatchObject({
      createReferral: { __typename: 'CrisisInstead', crisis: { id: alertId } },
    });
    await world.hear(crisisResolved.of(clientId, new Date(), { alertId, clientId }));
    expect((await does(world, manager, 'createReferral', input)).kind).toBe('Referral');
  });

  it('is not named to an intake worker, who reads no alerts', async () => {
    const { serviceId } = await world.aPartner();
    const { person } = await world.aCase();
    const { clientId, caseId } = person;
    const nobody = { clientId, caseId, caseManagerId: null, supervisorId: null };
    await world.hear(caseManagerAssigned.of(clientId, new Date(), nobody));
    const intake = aViewer(id(), ['INTAKE_WORKER']);
    await openCrisis(clientId);
    const input = { needId: person.needId, serviceId, priority: 'EMERGENT' };
    expect(await world.ask(intake, CREATE, { input })).toMatchObject({
      createReferral: { __typename: 'CrisisInstead', crisis: null },
    });
  });

  it('is told by the caller: a crisis is asked for, no referral is made, also when the key is repeated', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const { needId, clientId } = person;
    const input = { needId, serviceId, dangerToLife: 'OVERDOSE', idempotencyKey: id() };
    const answers = [
      await world.ask(manager, CREATE, { input }),
      await world.ask(manager, CREATE, { input }),
    ];
    expect(answers[0]).toMatchObject({ createReferral: { __typename: 'CrisisInstead', crisis: null } });
    expect(answers[1]).toEqual(answers[0]);
    const facts = await world.db.query<{ type: string; payload: object }[]>(
      'select type, payload from outbox where key = $1',
      [clientId],
    );
    expect(facts).toEqual([{ type: 'DangerReported', payload: { clientId, cause: 'OVERDOSE' } }]);
  });

  it('has an EMERGENT draft of before that is not sent', async () => {
    const { serviceId } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const drafted = await does(world, manager, 'createReferral', {
      ...{ needId: person.needId, serviceId, priority: 'EMERGENT' },
    });
    await openCrisis(person.clientId);
    const sent = await does(world, manager, 'sendReferral', {
      id: drafted.id,
      expectedVersion: drafted.version,
    });
    expect(sent.kind).toBe('CrisisInstead');
  });
});
