import { randomUUID } from 'node:crypto';
import { contactLogged } from '@throughline/events';
import { aftercareWorld, how, later, STAY, type AftercareWorld } from './aftercare.harness.ts';

let world: AftercareWorld;
beforeAll(async () => {
  world = await aftercareWorld();
});
afterAll(() => world.close());

const FIELDS = `aftercareContacts { step status enteredLate }
  followUpObligations { kind status dueOn enteredLate history { from to dueOn } }`;
interface Told {
  aftercareContacts: { step: string; status: string; enteredLate: boolean }[];
  followUpObligations: { kind: string; status: string; dueOn: string }[];
}
const read = async (clientId: string) => (await world.read(clientId, FIELDS)) as unknown as Told;
const discharge = (id: string, input: object) =>
  world.call('dischargeStay', { id, expectedVersion: 1, ...how, ...input }, STAY);

it('a discharge before the admission is refused, and nothing follows', async () => {
  const { clientId, stayId } = await world.admitted();
  expect(await discharge(stayId, { at: later(-1).toISOString() })).toMatchObject({
    issues: [{ path: 'at', code: 'BEFORE_ADMISSION' }],
  });
  expect(await read(clientId)).toEqual({ aftercareContacts: [], followUpObligations: [] });
});

it('a conversation before the discharge meets nothing, also when it is told afterwards', async () => {
  const { clientId, stayId } = await world.admitted();
  world.clock.now = later(48);
  await discharge(stayId, {});
  world.clock.now = later(50);
  const early = { contactId: randomUUID(), clientId, at: later(47).toISOString(), reached: true };
  await world.tell('clients', contactLogged.of(clientId, later(50), early));
  const { aftercareContacts, followUpObligations } = await read(clientId);
  expect(new Set(aftercareContacts.map(({ status }) => status))).toEqual(new Set(['PENDING']));
  expect(followUpObligations.map(({ status }) => status)).toEqual(['OPEN', 'OPEN']);
});

it('a discharge that is written down three weeks late says what was missed by then, and alarms about none of it', async () => {
  const { clientId, stayId } = await world.admitted();
  world.clock.now = later(22 * 24);
  await discharge(stayId, { at: later(24).toISOString() });
  const { aftercareContacts, followUpObligations } = await read(clientId);
  expect(followUpObligations).toMatchObject([
    { kind: 'FUH_7', status: 'MISSED', enteredLate: true },
    { kind: 'FUH_30', status: 'OPEN', enteredLate: false },
  ]);
  const missed = aftercareContacts.filter(({ status }) => status === 'MISSED');
  expect(missed.map(({ step }) => step)).toEqual(['HOURS_24', 'HOURS_72', 'DAYS_7', 'DAYS_14']);
  expect(missed.every(({ enteredLate }) => enteredLate)).toBe(true);
  expect(await world.factsOf(clientId, 'AftercareContactMissed')).toEqual([]);
});

it('a corrected discharge moves what must follow, and keeps the days of before', async () => {
  const { clientId, stayId } = await world.admitted();
  world.clock.now = later(48);
  await discharge(stayId, {});
  world.clock.now = later(49);
  const right = { id: stayId, expectedVersion: 2, at: later(24).toISOString(), reason: 'A day too late.' };
  await world.call('correctDischarge', right, STAY);
  const { followUpObligations } = await read(clientId);
  expect(followUpObligations[0]).toMatchObject({
    ...{ kind: 'FUH_7', status: 'OPEN', dueOn: '2036-03-11' },
    history: [
      { from: null, to: 'OPEN', dueOn: '2036-03-12' },
      { from: 'OPEN', to: 'OPEN', dueOn: '2036-03-11' },
    ],
  });
});
