import { caseOpened, crisisOpened, staffRecorded, uuidV7 } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

// 03:30 in New York on the night when summer time begins: the clocks have just left out 02:00 to 03:00.
const night = new Date('2036-03-09T07:30:00Z');
const id = () => uuidV7(night);
const maria = aViewer(id(), ['CASE_MANAGER']);
const lena = aViewer(id(), ['CLINICIAN']);
const omar = aViewer(id(), ['CLINICIAN']);
const sam = aViewer(id(), ['SUPERVISOR']);
const pat = aViewer(id(), ['PROGRAM_ADMIN']);

let service: TestService;
const staff = (one: typeof maria, more: object = {}) =>
  staffRecorded.of(one.id, night, {
    ...{ staffId: one.id, supervisorId: sam.id, roles: [...one.roles], timeZone: null, active: true },
    ...more,
  });
beforeAll(async () => {
  service = await testService();
  await service.hear([maria, lena, omar, pat].map((one) => staff(one)));
  await service.hear([staff(sam, { supervisorId: null })]);
});
afterAll(() => service.close());
beforeEach(() => {
  service.clock.now = night;
});

const start = (ids: string[], more = '') => `mutation { startOnCallRota(input: {
  name: "Nights" startsOn: "2036-03-08" handOverAt: "02:30" turnDays: 1 staffIds: ${JSON.stringify(ids)} ${more} })
  { __typename ... on OnCallRota { id version turns { staff { id } from until } } ... on InvalidInput { issues { path code } } } }`;
const rotaChange = (name: string, input: string) =>
  `mutation { ${name}(input: { ${input} }) { __typename ... on OnCallRota { version endedAt }
    ... on InvalidInput { issues { path code } } } }`;
const onCallNow = async () => {
  const query = '{ onCallNow { staff { id } from until insteadOf { id } } }';
  const data = await service.ask<{ onCallNow: { staff: { id: string }; insteadOf: object | null }[] }>(
    maria,
    query,
  );
  return data.onCallNow;
};
async function crisis() {
  const [clientId, alertId, caseId] = [id(), id(), id()];
  const names = { alertId, clientId, level: 1, caseManagerId: maria.id, supervisorId: sam.id };
  await service.hear([caseOpened.of(clientId, night, { clientId, caseId })]);
  await service.hear([crisisOpened.of(clientId, night, names)]);
  return clientId;
}
const toldOf = async (clientId: string) => {
  const rows: { id: string }[] = await service.db.query(
    'select recipient_id as id from notification where client_id = $1 order by step',
    [clientId],
  );
  return rows.map((row) => row.id);
};
async function later(clientId: string, minutes: number): Promise<void> {
  service.clock.now = new Date(service.clock.now.getTime() + minutes * 60_000);
  await service.runEscalations(clientId);
}

describe('a rota', () => {
  let rotaId = '';
  it('starts with all faults of its people told, by who may', async () => {
    const bad = await service.ask(sam, start([maria.id, id()]));
    const codes = ['NOT_A_CLINICIAN', 'UNKNOWN'];
    expect(bad).toMatchObject({ startOnCallRota: { issues: codes.map((code) => ({ code })) } });
    const refused = await service.ask(maria, start([lena.id])).catch((error: unknown) => error);
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).toContain('FORBIDDEN');

    const key = `idempotencyKey: "${id()}"`;
    const started = await service.ask<{ startOnCallRota: { id: string } }>(
      sam,
      start([lena.id, omar.id], key),
    );
    expect(await service.ask(sam, start([lena.id, omar.id], key))).toEqual(started);
    rotaId = started.startOnCallRota.id;
  });

  it('has handed over in the hour that the clocks left out', async () => {
    service.clock.now = new Date('2036-03-09T06:59:00Z');
    expect(await onCallNow()).toMatchObject([{ staff: { id: lena.id } }]);
    service.clock.now = night;
    expect(await onCallNow()).toMatchObject([{ staff: { id: omar.id }, insteadOf: null }]);
  });

  it('takes its place in the chain of a crisis, and the cover of who is on call takes it during the absence', async () => {
    const first = await crisis();
    await later(first, 5);
    await eventually(async () => expect(await toldOf(first)).toEqual([maria.id, omar.id]));

    await service.hear([staff(omar, { away: true, coverId: lena.id })]);
    expect(await onCallNow()).toMatchObject([{ staff: { id: lena.id }, insteadOf: { id: omar.id } }]);
    service.clock.now = night;
    const second = await crisis();
    await later(second, 5);
    await eventually(async () => expect(await toldOf(second)).toEqual([maria.id, lena.id]));
  });

  it('leaves no alert without a reader when everybody of it is away: the next place is told', async () => {
    await service.hear([staff(lena, { away: true, coverId: null })]);
    expect(await onCallNow()).toEqual([]);
    const clientId = await crisis();
    await later(clientId, 5);
    await eventually(async () => expect(await toldOf(clientId)).toEqual([maria.id, sam.id]));
    await service.hear([staff(lena), staff(omar)]);
    expect(await onCallNow()).toMatchObject([{ staff: { id: omar.id } }]);
  });

  it('is changed and ended once, and then leaves a hole', async () => {
    const change = `id: "${rotaId}" staffIds: ["${lena.id}"] expectedVersion: 1`;
    expect(await service.ask(sam, rotaChange('changeOnCallRota', change))).toMatchObject({
      changeOnCallRota: { version: 2 },
    });
    expect(await onCallNow()).toMatchObject([{ staff: { id: lena.id } }]);
    expect(await service.ask(sam, rotaChange('changeOnCallRota', change))).toMatchObject({
      changeOnCallRota: { __typename: 'StaleVersion' },
    });
    const unknown = rotaChange('endOnCallRota', `id: "${id()}"`);
    expect(await service.ask(sam, unknown)).toMatchObject({ endOnCallRota: { __typename: 'NotFound' } });
    const end = rotaChange('endOnCallRota', `id: "${rotaId}"`);
    expect(await service.ask(sam, end)).toMatchObject({ endOnCallRota: { endedAt: night.toISOString() } });
    expect(await service.ask(sam, end)).toMatchObject({ endOnCallRota: { __typename: 'InvalidTransition' } });
    const holes = await service.ask<{ onCallHoles: object[] }>(sam, '{ onCallHoles { from until } }');
    expect(holes.onCallHoles).toHaveLength(1);
  });

  it('has planned times in its place, listed by their beginning', async () => {
    const plan = (one: typeof lena, from: string, until: string) =>
      service.ask<{ planOnCall: { id: string } }>(
        sam,
        `mutation { planOnCall(input: { staffId: "${one.id.toUpperCase()}", from: "${from}", until: "${until}" }) {
          ... on OnCallDuty { id staff { id } } } }`,
      );
    const long = await plan(lena, '2036-03-15T08:00:00Z', '2036-03-30T08:00:00Z');
    const short = await plan(omar, '2036-03-16T08:00:00Z', '2036-03-17T08:00:00Z');
    expect(long).toMatchObject({ planOnCall: { staff: { id: lena.id } } });
    const list = await service.ask<{ onCall: { id: string }[] }>(sam, '{ onCall { id } }');
    expect(list.onCall).toEqual([{ id: long.planOnCall.id }, { id: short.planOnCall.id }]);
  });
});

describe('the chain of a code', () => {
  const change = (more = '') => `mutation { changeEscalationPolicy(input: { code: CRISIS_L1 ${more}
    steps: [{ afterMinutes: 2, to: [SUPERVISOR, BACKUP] }, { afterMinutes: 5, to: [PROGRAM_ADMIN] }] })
    { __typename ... on EscalationPolicy { version steps { afterMinutes to } } ... on InvalidInput { issues { code } } } }`;

  it('counts for alerts from now on; an open alert keeps its own', async () => {
    const before = await crisis();
    expect(await service.ask(pat, change())).toMatchObject({
      changeEscalationPolicy: { version: 1, steps: [{ afterMinutes: 2 }, { to: ['PROGRAM_ADMIN'] }] },
    });
    const after = await crisis();
    await later(after, 2);
    await eventually(async () => expect(await toldOf(after)).toEqual([maria.id, sam.id]));
    const [old]: { next: Date }[] = await service.db.query(
      'select next_at as next from escalation where client_id = $1',
      [before],
    );
    expect(old?.next).toEqual(new Date(night.getTime() + 5 * 60_000));
  });

  it('is changed by one of two at the same version', async () => {
    const both = [1, 3].map((minutes) =>
      change('expectedVersion: 1').replace('afterMinutes: 2', `afterMinutes: ${String(minutes)}`),
    );
    const answers = await Promise.all(both.map((one) => service.ask(pat, one)));
    const names = answers.map((answer) => JSON.stringify(answer).includes('StaleVersion'));
    expect(names.sort()).toEqual([false, true]);
    const slow = change().replaceAll('afterMinutes: 2', 'afterMinutes: 60');
    expect(await service.ask(pat, slow)).toMatchObject({
      changeEscalationPolicy: { issues: [{ code: 'TOO_LONG' }] },
    });
  });
});
