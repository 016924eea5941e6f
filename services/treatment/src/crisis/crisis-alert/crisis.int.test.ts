import { randomUUID } from 'node:crypto';
import { crisisPageAcknowledged } from '@throughline/events';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const now = new Date('2026-11-20T20:00:00Z');
beforeAll(async () => {
  treatment = await testTreatment({ now });
});
afterAll(() => treatment.close());

type Answer = Record<string, unknown> & { __typename: string; id: string; version: number };
async function act(viewer: typeof maria, name: string, inputType: string, input: object): Promise<Answer> {
  const fields = inputType.includes('Risk')
    ? `... on RiskStratification { id version tier computedTier override { reason approvedBy { id } }
        proposed { tier by { id } } history { from to setBy { id } } }`
    : `... on CrisisAlert { id version state level acknowledgedBy { id } resolvedAt handedOffTo allowedCommands
        history { from to by { id } note } }`;
  const mutation = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${fields}
    ... on Problem { message } ... on InvalidInput { issues { path code } } } }`;
  const { data, errors } = await treatment.ask<Record<string, Answer>>(viewer, mutation, { input });
  expect(errors).toEqual([]);
  return data[name]!;
}
const open = (clientId: string, more: object = {}) =>
  act(maria, 'openCrisis', 'OpenCrisisInput', { clientId, level: 1, cause: 'SUICIDE_RISK', ...more });
const acknowledge = (viewer: typeof maria, id: string) =>
  act(viewer, 'acknowledgeCrisis', 'AcknowledgeCrisisInput', { id });
const step = (viewer: typeof maria, name: string, { id, version }: Answer, more: object = {}) =>
  act(viewer, name, name === 'handOffCrisis' ? 'HandOffCrisisInput' : 'CrisisStepInput', {
    ...{ id, expectedVersion: version, ...more },
  });

interface Page {
  openCrisisAlerts: { id: string; isUnacknowledged: boolean }[] | null;
  nextSteps: { what: string; why: string; due: string; owner: { id: string } }[];
  risk: { id: string; version: number; tier: string; drivers: { code: string }[] } | null;
}
async function page(clientId: string, viewer = maria): Promise<Page> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    openCrisisAlerts { id isUnacknowledged } nextSteps { what why due owner { id } }
    risk { id version tier drivers { code } } } } }`;
  const { data } = await treatment.ask<{ _entities: [Page] }>(viewer, query, { c: clientId });
  return data._entities[0];
}
const factsOf = async (clientId: string) => {
  const rows = await treatment.db.query<{ type: string }[]>(
    'select type from outbox where key = $1 order by seq',
    [clientId],
  );
  return rows.map(({ type }) => type);
};

describe('a crisis', () => {
  it('goes from its opening to the review, with contacts after 24 and 72 hours', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const opened = await open(clientId, { note: 'Called from a bridge.' });
    expect(opened).toMatchObject({ state: 'OPEN', level: 1, allowedCommands: ['acknowledge'] });
    expect((await page(clientId)).risk).toMatchObject({ tier: 'CRISIS', drivers: [{ code: 'OPEN_CRISIS' }] });
    expect((await step(maria, 'stabiliseCrisis', opened)).__typename).toBe('InvalidTransition');
    const taken = await acknowledge(maria, opened.id);
    const responding = await step(maria, 'startCrisisResponse', taken);
    expect((await step(maria, 'startCrisisResponse', taken)).__typename).toBe('StaleVersion');
    const over = await step(maria, 'handOffCrisis', responding, { handedOffTo: 'Mobile crisis team' });
    expect(over).toMatchObject({
      state: 'HANDED_OFF',
      handedOffTo: 'Mobile crisis team',
      allowedCommands: [],
    });
    const { nextSteps, openCrisisAlerts, risk } = await page(clientId);
    expect(openCrisisAlerts).toEqual([]);
    expect(nextSteps.map(({ what, due, owner }) => [what, due, owner.id])).toEqual([
      ['CRISIS_CONTACT_24H', '2026-11-21T20:00:00.000Z', maria.id],
      ['CRISIS_CONTACT_72H', '2026-11-23T20:00:00.000Z', maria.id],
      // Friday afternoon: the end of Monday in New York.
      ['CRISIS_REVIEW', '2026-11-24T05:00:00.000Z', sam.id],
    ]);
    expect(risk).toMatchObject({ tier: 'HIGH', drivers: [{ code: 'URGENT_CRISIS' }] });

    const reviewed = await step(sam, 'reviewCrisis', over, { note: 'Good work.' });
    expect(reviewed).toMatchObject({ state: 'REVIEWED', history: { length: 5 } });
    expect((await page(clientId)).nextSteps.map(({ what }) => what)).not.toContain('CRISIS_REVIEW');
    expect(await factsOf(clientId)).toEqual([
      ...['CrisisOpened', 'RiskTierChanged', 'CrisisAcknowledged', 'CrisisResponseStarted'],
      ...['CrisisResolved', 'RiskTierChanged', 'CrisisReviewed'],
    ]);
  });

  it('is acknowledged by two at the same moment once, and both see by whom', async () => {
    const { id } = await open(await treatment.assign(maria.id, sam.id));
    const both = await Promise.all([acknowledge(maria, id), acknowledge(sam, id)]);
    expect(both[0]).toMatchObject({ __typename: 'CrisisAlert' });
    expect(both[0].acknowledgedBy).toEqual(both[1].acknowledgedBy);
    expect((await acknowledge(sam, id)).version).toBe(2);
  });

  it('is acknowledged by who acknowledged the page, unless somebody has it', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id: alertId } = await open(clientId);
    const lena = randomUUID();
    const page = (by: string) =>
      crisisPageAcknowledged.of(clientId, now, { alertId, clientId, acknowledgedBy: by });
    await treatment.tell('notifications', page(lena));
    await treatment.tell('notifications', page(randomUUID()));
    expect(await acknowledge(maria, alertId)).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledgedBy: { id: lena },
    });
    expect((await factsOf(clientId)).filter((type) => type === 'CrisisAcknowledged')).toHaveLength(1);
  });

  it('that is open is answered to a second opening; an overdose is always level 1 and asks for naloxone', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const first = await open(clientId);
    expect((await open(clientId)).id).toBe(first.id);
    expect((await open(clientId, { level: 3 })).id).toBe(first.id);
    const overdose = await open(clientId, { level: 3, cause: 'OVERDOSE' });
    expect(overdose).toMatchObject({ level: 1 });
    const { nextSteps, risk } = await page(clientId);
    expect(nextSteps).toMatchObject([{ what: 'NALOXONE_OFFER', why: 'OVERDOSE' }]);
    expect(risk?.drivers.map(({ code }) => code).sort()).toEqual([
      'OPEN_CRISIS',
      'OPEN_CRISIS',
      'OVERDOSE_7_DAYS',
    ]);
  });

  it('says that nobody acknowledged it in time, and does not exist for a stranger', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { id } = await open(clientId);
    treatment.clock.now = new Date(now.getTime() + 301_000);
    expect((await page(clientId)).openCrisisAlerts).toEqual([{ id, isUnacknowledged: true }]);
    treatment.clock.now = now;
    const stranger = staff('CASE_MANAGER');
    expect((await page(clientId, stranger)).openCrisisAlerts).toBeNull();
    expect(await acknowledge(stranger, id)).toEqual(await acknowledge(stranger, randomUUID()));
    expect(
      (await act(stranger, 'openCrisis', 'OpenCrisisInput', { clientId, level: 1, cause: 'OTHER' }))
        .__typename,
    ).toBe('NotFound');
  });

  it('of a client who was not found stays open until somebody finds the client or reviews it', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const taken = await acknowledge(maria, (await open(clientId)).id);
    const lost = await step(maria, 'reportClientNotLocated', await step(maria, 'startCrisisResponse', taken));
    expect(lost).toMatchObject({ state: 'CLIENT_NOT_LOCATED', resolvedAt: null });
    expect((await page(clientId)).openCrisisAlerts).toHaveLength(1);
    expect(await step(maria, 'startCrisisResponse', lost)).toMatchObject({ state: 'IN_RESPONSE' });
  });
});

describe('the tier of a client', () => {
  const set = (viewer: typeof maria, clientId: string, tier: string, expectedVersion: number) =>
    act(viewer, 'setRiskTier', 'SetRiskTierInput', {
      clientId,
      tier,
      reason: 'Seen today.',
      expectedVersion,
    });
  const decide = (viewer: typeof maria, { id, version }: Answer, approve = true) =>
    act(viewer, 'decideRiskTier', 'DecideRiskTierInput', { id, approve, expectedVersion: version });

  it('is raised by a case manager at once, and lowered by a supervisor', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    expect((await page(clientId)).risk).toBeNull();
    expect((await set(maria, clientId, 'HIGH', 7)).__typename).toBe('StaleVersion');
    expect((await page(clientId)).risk).toBeNull();
    const raised = await set(maria, clientId, 'HIGH', 0);
    expect(raised).toMatchObject({ tier: 'HIGH', computedTier: 'LOW', override: { reason: 'Seen today.' } });
    const asked = await set(maria, clientId, 'MODERATE', raised.version);
    expect(asked).toMatchObject({ tier: 'HIGH', proposed: { tier: 'MODERATE', by: { id: maria.id } } });
    expect((await page(clientId, sam)).nextSteps).toMatchObject([
      { what: 'RISK_REVIEW', owner: { id: sam.id } },
    ]);
    treatment.clock.now = new Date(now.getTime() + 1000);
    const lowered = await decide(sam, asked);
    treatment.clock.now = now;
    expect(lowered).toMatchObject({
      tier: 'MODERATE',
      proposed: null,
      override: { approvedBy: { id: sam.id } },
    });
    expect(lowered.history).toMatchObject([
      { from: 'HIGH', to: 'MODERATE', setBy: { id: sam.id } },
      { from: null, to: 'HIGH' },
    ]);
    expect((await page(clientId)).nextSteps).toEqual([]);
    expect(await set(sam, clientId, 'LOW', lowered.version)).toMatchObject({ tier: 'LOW', override: null });
    expect(await factsOf(clientId)).toEqual([
      ...['RiskTierChanged', 'RiskLoweringAsked', 'RiskTierChanged', 'RiskTierChanged'],
    ]);
  });

  it('is not lowered alone by a supervisor who is the case manager', async () => {
    const clientId = await treatment.assign(sam.id, randomUUID());
    const raised = await set(sam, clientId, 'HIGH', 0);
    const asked = await set(sam, clientId, 'LOW', raised.version);
    expect(asked).toMatchObject({ tier: 'HIGH', proposed: { tier: 'LOW' } });
    expect((await decide(sam, asked)).__typename).toBe('Forbidden');
  });

  it('follows the episode', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const start =
      'mutation ($c: ID!) { startEpisode(input: { clientId: $c, kind: SUD, phase: ADMITTED }) { __typename } }';
    await treatment.ask(maria, start, { c: clientId });
    expect((await page(clientId)).risk).toMatchObject({
      tier: 'MODERATE',
      drivers: [{ code: 'IN_TREATMENT_SUD' }],
    });
  });
});
