import { randomUUID } from 'node:crypto';
import { consentRecorded, consentRevoked } from '@throughline/events';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
beforeAll(async () => {
  treatment = await testTreatment({ now: new Date('2036-03-03T12:00:00Z') });
});
afterAll(() => treatment.close());

interface Row {
  __typename: string;
  id: string;
  version: number;
}
const PLAN = '... on AftercarePlan { id version status missing sections { safetyPlan { professionals } } }';
const ISSUES = '... on InvalidInput { issues { path code } }';
const call = async (name: string, input: object, fields = PLAN): Promise<Row> => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${fields} ${ISSUES} } }`;
  const { data, errors } = await treatment.ask<{ result: Row }>(maria, query, { input });
  expect(errors).toEqual([]);
  return data.result;
};
const arranged = { who: 'Maria', by: '2036-03-05' };
const arrangement = { plan: 'With her sister', ...arranged };
const steps = ['one'];
const sections = {
  appointments: [{ withWhom: 'Clinic', at: '2036-03-06T15:00:00Z', ...arranged }],
  medication: { ...arrangement, opioidMedication: 'CONTINUES', naloxone: 'GIVEN' },
  prevention: { triggers: steps, warningSigns: steps, coping: steps, people: [], ...arranged },
  safetyPlan: {
    ...{ warningSigns: steps, copingAlone: steps, peopleAndPlaces: steps },
    ...{ peopleToAsk: steps, professionals: steps, saferSurroundings: steps },
  },
  ...{ housing: arrangement, transport: arrangement, supports: arrangement, benefitsAndLegal: arrangement },
  ...{ callAnytime: { name: '988', number: '988' }, contactsBy: 'Maria' },
};

it('nobody leaves as completed without a plan that the client has reviewed', async () => {
  const clientId = await treatment.assign(maria.id, staff('SUPERVISOR').id);
  const { id: episodeId } = await call('startEpisode', { clientId, kind: 'MH' }, '... on Episode { id }');
  const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
  const stay = await call('admitStay', { episodeId, ...hospital, expectedVersion: 1 }, '... on Stay { id }');
  const how = { dischargeType: 'COMPLETED', endReason: 'TREATMENT_COMPLETED' };
  const leave = () =>
    call('dischargeStay', { id: stay.id, expectedVersion: 1, ...how }, '... on Stay { id }');
  const refused = { issues: [{ path: 'withoutPlanReason', code: 'AFTERCARE_PLAN_MISSING' }] };
  expect(await leave()).toMatchObject(refused);

  const both = await Promise.all(
    [1, 2].map(() => call('openAftercarePlan', { episodeId, leavesOn: '2036-03-03' })),
  );
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['AftercarePlan', 'InvalidTransition']);
  const { id } = both.find(({ __typename }) => __typename === 'AftercarePlan')!;
  const { housing, ...others } = sections;
  const written = await call('writeAftercarePlan', { id, expectedVersion: 1, sections: others });
  expect(written).toMatchObject({ missing: ['HOUSING'], sections: { safetyPlan: { professionals: steps } } });
  expect(await call('reviewAftercarePlan', { id, expectedVersion: 2, copyGiven: true })).toMatchObject({
    issues: [{ path: 'id', code: 'MISSING_HOUSING' }],
  });
  await call('writeAftercarePlan', { id, expectedVersion: 2, sections: { housing } });
  const active = async (version: number) => {
    await call('reviewAftercarePlan', { id, expectedVersion: version, copyGiven: true });
    return call('activateAftercarePlan', { id, expectedVersion: version + 1 });
  };
  const agencyId = randomUUID();
  const receivers = [{ name: 'River Clinic', agencyId }];
  await call('writeAftercarePlan', { id, expectedVersion: 3, sections: {}, receivers });
  expect(await call('reviewAftercarePlan', { id, expectedVersion: 4, copyGiven: true })).toMatchObject({
    issues: [{ path: 'receivers.0', code: 'NO_CONSENT' }],
  });
  const [consentId, at] = [randomUUID(), new Date('2036-03-03T12:00:00Z')];
  const scope = { recipientAgencyIds: [agencyId], recipientClasses: [], purposes: ['TREATMENT'], version: 1 };
  await treatment.tell('clients', consentRecorded.of(clientId, at, { consentId, clientId, ...scope }));
  expect(await active(4)).toMatchObject({ status: 'ACTIVE', version: 6, missing: [] });
  const shown = 'receivers { consent } document(language: "es", part: SAFETY_PLAN) { fileName content }';
  const plans = `query ($id: ID!) { _entities(representations: [{ __typename: "AftercarePlan", id: $id }]) {
    ... on AftercarePlan { ${shown} other: document(language: "fr") { content } } } }`;
  const read = async () =>
    (await treatment.ask<{ _entities: { document: { content: string } }[] }>(maria, plans, { id })).data
      ._entities[0];
  const first = await read();
  expect(first).toMatchObject({
    ...{ receivers: [{ consent: 'IN_FORCE' }], other: null },
    document: { fileName: 'safety-plan-es.pdf' },
  });
  expect(Buffer.from(first!.document.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  await treatment.tell('clients', consentRevoked.of(clientId, at, { consentId, clientId, version: 2 }));
  expect(await read()).toMatchObject({ receivers: [{ consent: 'MISSING' }] });
  expect((await call('openAftercarePlan', { episodeId, leavesOn: '2036-03-04' })).__typename).toBe(
    'AftercarePlan',
  );
  expect((await leave()).__typename).toBe('Stay');
});
