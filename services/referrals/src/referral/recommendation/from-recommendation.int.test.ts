import { serviceChosen } from '@throughline/events';
import { id } from '../../loop.test-person.ts';
import { does, referralsWorld, type World } from '../../loop.test-world.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

interface Chosen {
  clientId: string;
  needId: string | null;
  serviceId: string;
}
async function choose({ clientId, needId, serviceId }: Chosen, declined: string[] = []): Promise<string> {
  const recommendationId = id();
  const choice = { recommendationId, clientId, needId, serviceId, matchPoints: 82 };
  await world.hear(serviceChosen.of(clientId, new Date(), { ...choice, declinedServiceIds: declined }));
  return recommendationId;
}

describe('a referral from the choice of a client', () => {
  it('is made in one step, with need, service, score and declined options', async () => {
    const { serviceId } = await world.aPartner();
    const { serviceId: declined } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const { clientId, needId } = person;
    const recommendationId = await choose({ clientId, needId, serviceId }, [declined]);
    const create = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) { __typename
      ... on Referral { service { id } request { recommendation { id } need { id }
        choices { service { id } matchScore declinedOptions { service { id } reason } } } } } }`;
    expect(await world.ask(manager, create, { input: { recommendationId } })).toEqual({
      createReferral: {
        ...{ __typename: 'Referral', service: { id: serviceId } },
        request: {
          ...{ recommendation: { id: recommendationId }, need: { id: needId } },
          choices: [
            {
              ...{ service: { id: serviceId }, matchScore: 82 },
              declinedOptions: [{ service: { id: declined }, reason: null }],
            },
          ],
        },
      },
    });
    const { manager: stranger } = await world.aCase();
    const query = `query ($r: ID!) { _entities(representations: [{ __typename: "TreatmentRecommendation", id: $r }]) {
      ... on TreatmentRecommendation { referralRequests { id } } } }`;
    const begun = (viewer: typeof manager) => world.ask(viewer, query, { r: recommendationId });
    expect(await begun(manager)).toMatchObject({ _entities: [{ referralRequests: [{}] }] });
    expect(await begun(stranger)).toEqual({ _entities: [{ referralRequests: null }] });
    expect((await does(world, stranger, 'createReferral', { recommendationId })).kind).toBe('NotFound');
  });

  it('fits the choice: no other service, and no need of another client', async () => {
    const { serviceId } = await world.aPartner();
    const { serviceId: other } = await world.aPartner();
    const { manager, person } = await world.aCase();
    const { person: somebodyElse } = await world.aCase({ manager });
    const { clientId, needId } = person;
    const open = await choose({ clientId, needId: null, serviceId });
    const create = async (input: Record<string, unknown>) =>
      (await does(world, manager, 'createReferral', input)).kind;
    expect(await create({ recommendationId: open, needId, serviceId: other })).toBe('InvalidInput');
    expect(await create({ recommendationId: open })).toBe('InvalidInput');
    expect(await create({ recommendationId: open, needId: somebodyElse.needId })).toBe('NotFound');
    expect(await create({ recommendationId: id(), needId })).toBe('NotFound');
    expect(await create({ needId })).toBe('InvalidInput');
    expect(await create({ recommendationId: open, needId })).toBe('Referral');
  });
});
