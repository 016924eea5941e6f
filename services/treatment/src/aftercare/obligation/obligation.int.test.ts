import { randomUUID } from 'node:crypto';
import { caseClosed, clientDied, contactCorrected, contactLogged } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
beforeAll(async () => {
  treatment = await testTreatment({ now: new Date('2036-03-03T12:00:00Z') });
});
afterAll(() => treatment.close());

interface Row {
  id: string;
  version: number;
  episode: { version: number };
}
const call = async (name: string, input: object, fields: string): Promise<Row> => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${fields} } }`;
  const { data, errors } = await treatment.ask<{ result: Row }>(maria, query, { input });
  expect(errors).toEqual([]);
  return data.result;
};
const STAY = '... on Stay { id version obligations { kind dueOn status } }';
const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };

/** A client who was discharged from a psychiatric hospital on 3 March 2036 at noon. */
async function aDischarge() {
  treatment.clock.now = new Date('2036-03-03T12:00:00Z');
  const clientId = await treatment.assign(maria.id, staff('SUPERVISOR').id);
  const episode = await call('startEpisode', { clientId, kind: 'MH' }, '... on Episode { id }');
  const stay = await call('admitStay', { episodeId: episode.id, ...hospital, expectedVersion: 1 }, STAY);
  const how = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION' };
  const discharged = await call('dischargeStay', { id: stay.id, expectedVersion: 1, ...how }, STAY);
  return { clientId, episodeId: episode.id, discharged };
}
const read = async (clientId: string) => {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    followUpObligations { kind label status excludedFor enteredLate satisfiedBy { type id on }
      history { from to dueOn } } } } }`;
  const { data } = await treatment.ask<{ _entities: { followUpObligations: Record<string, unknown>[] }[] }>(
    maria,
    query,
    { c: clientId },
  );
  return data._entities[0]?.followUpObligations ?? [];
};
const facts = (clientId: string) =>
  treatment.db.query<{ type: string }[]>(
    `select type from outbox where key = $1 and type like 'Obligation%' order by occurred_at, type`,
    [clientId],
  );

it('a contact meets a follow-up by itself, and a correction takes it back', async () => {
  const { clientId, discharged } = await aDischarge();
  expect(discharged).toMatchObject({
    obligations: [
      { kind: 'FUH_7', dueOn: '2036-03-10', status: 'OPEN' },
      { kind: 'FUH_30', dueOn: '2036-04-02', status: 'OPEN' },
    ],
  });
  const contactId = randomUUID();
  const at = '2036-03-05T12:00:00.000Z';
  treatment.clock.now = new Date('2036-03-05T13:00:00Z');
  const logged = (reached: boolean) => ({ contactId, clientId, at, reached });
  await treatment.tell('clients', contactLogged.of(clientId, treatment.clock.now, logged(true)));
  expect(await read(clientId)).toMatchObject([
    { kind: 'FUH_7', status: 'MET', satisfiedBy: [{ type: 'CONTACT', id: contactId, on: '2036-03-05' }] },
    { kind: 'FUH_30', status: 'MET' },
  ]);
  treatment.clock.now = new Date('2036-03-05T13:00:01Z');
  await treatment.tell('clients', contactCorrected.of(clientId, treatment.clock.now, logged(false)));
  expect(await read(clientId)).toMatchObject([
    {
      status: 'OPEN',
      satisfiedBy: [],
      history: [{ to: 'OPEN' }, { to: 'MET' }, { from: 'MET', to: 'OPEN' }],
    },
    { status: 'OPEN' },
  ]);
});

it('a follow-up that nobody makes is missed when its time is over, and told once', async () => {
  const { clientId } = await aDischarge();
  const key = `follow-up:${clientId}`;
  const [due] = await treatment.db.query<{ at: Date }[]>(
    `select due_at as at from follow_up_obligation where client_id = $1 and kind = 'FUH_7'`,
    [clientId],
  );
  // The harness's program has the time zone America/New_York: the day ends at 04:00 UTC, clocks went forward.
  expect(due?.at).toEqual(new Date('2036-03-11T04:00:00Z'));
  treatment.clock.now = new Date('2036-03-11T04:00:00Z');
  await treatment.db.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1),
       run_at => now() - interval '1 second')`,
    [key],
  );
  await eventually(async () =>
    expect(await read(clientId)).toMatchObject([{ kind: 'FUH_7', status: 'MISSED' }, { status: 'OPEN' }]),
  );
  const types = (await facts(clientId)).map(({ type }) => type);
  expect(types.filter((type) => type === 'ObligationMissed')).toHaveLength(1);
});

it('a return, a death and another service decide by the rules', async () => {
  const returned = await aDischarge();
  treatment.clock.now = new Date('2036-03-06T12:00:00Z');
  await call('admitStay', { episodeId: returned.episodeId, ...hospital, expectedVersion: 2 }, STAY);
  expect(await read(returned.clientId)).toMatchObject([
    { status: 'EXCLUDED', excludedFor: 'READMITTED' },
    { status: 'EXCLUDED', excludedFor: 'READMITTED' },
  ]);

  const died = await aDischarge();
  const closed = { clientId: died.clientId, caseId: randomUUID(), reason: 'DECEASED' };
  await treatment.tell('clients', caseClosed.of(died.clientId, treatment.clock.now, closed));
  expect(await read(died.clientId)).toMatchObject([{ excludedFor: 'DIED' }, { excludedFor: 'DIED' }]);
});

it('a death counts from its day, also when the case is closed after the window', async () => {
  treatment.clock.now = new Date('2036-03-03T12:00:00Z');
  const died = await aDischarge();
  treatment.clock.now = new Date('2036-05-01T12:00:00Z');
  const { clientId } = died;
  const closed = { clientId, caseId: randomUUID(), reason: 'DECEASED' };
  await treatment.tell('clients', caseClosed.of(clientId, treatment.clock.now, closed));
  const statuses = async () => (await read(clientId)).map(({ status, excludedFor }) => excludedFor ?? status);
  await eventually(async () => expect(await statuses()).toEqual(['MISSED', 'MISSED']));
  const told = clientDied.of(clientId, treatment.clock.now, { clientId, diedOn: '2036-03-05' });
  await treatment.tell('clients', told);
  expect(await statuses()).toEqual(['DIED', 'DIED']);
});

it('an emergency visit counts its own day', async () => {
  treatment.clock.now = new Date('2036-03-03T12:00:00Z');
  const clientId = await treatment.assign(maria.id, staff('SUPERVISOR').id);
  const visit = { clientId, setting: 'EMERGENCY_DEPT', reasons: ['OVERDOSE'], at: '2036-03-03T10:00:00Z' };
  await call('recordVisit', visit, '... on Visit { id }');
  const next = {
    clientId,
    setting: 'OUTPATIENT_CLINIC',
    reasons: [],
    at: '2036-03-03T11:00:00Z',
    medication: true,
  };
  await call('recordVisit', next, '... on Visit { id }');
  expect(await read(clientId)).toMatchObject([
    { kind: 'FUA_7', status: 'MET', satisfiedBy: [{ type: 'VISIT', on: '2036-03-03' }] },
    { kind: 'FUA_30', status: 'MET' },
  ]);
  const bad = { clientId, setting: 'HOSPITAL', reasons: [], at: '2036-03-03T11:00:00Z' };
  expect(await call('recordVisit', bad, '... on InvalidInput { issues { path code } }')).toMatchObject({
    issues: [{ path: 'setting', code: 'NOT_ALLOWED' }],
  });
});
