import { randomUUID } from 'node:crypto';
import { disclosureMade, referralFacts } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { staff } from '../treatment.harness.ts';
import {
  aftercareWorld,
  hospital,
  how,
  later,
  start,
  STAY,
  type AftercareWorld,
  type Row,
} from './aftercare.harness.ts';
import { watchZone } from './follow-up/keep-up.ts';
import { onReferral } from './transition/on-referral.ts';

let world: AftercareWorld;
beforeAll(async () => {
  world = await aftercareWorld();
});
afterAll(() => world.close());

interface Contact {
  step: string;
  status: string;
  dueAt: string;
}
const contactsOf = async (clientId: string, by = world.maria): Promise<Map<string, Contact>> => {
  const fields = 'aftercareContacts { step status dueAt metBy { id } history { to } stay { id } }';
  const { aftercareContacts } = await world.read(clientId, fields, by);
  return new Map(((aftercareContacts ?? []) as Contact[]).map((one) => [one.step, one]));
};
const DECISIONS =
  'lostContactDecisions { id version status attempts { id } decidedBy { id } history { to note } }';

describe('contacts after a discharge', () => {
  it('are met by what staff log, are told by the timer, and survive a job that runs twice', async () => {
    const { clientId, stayId } = await world.discharged();
    const contactId = await world.talk(clientId, 3, true);
    const before = await contactsOf(clientId);
    expect(before.size).toBe(10);
    expect(before.get('HOURS_24')).toMatchObject({
      status: 'MET',
      metBy: { id: contactId },
      stay: { id: stayId },
    });
    await world.timerAt(later(72), `follow-up:${clientId}`);
    await eventually(async () =>
      expect(await world.factsOf(clientId, 'AftercareContactM%')).toEqual([
        'AftercareContactMet',
        'AftercareContactMissed',
      ]),
    );
    await world.timerAt(later(73), `follow-up:${clientId}`);
    const history = [{ to: 'PENDING' }, { to: 'MISSED' }];
    expect((await contactsOf(clientId)).get('HOURS_72')).toMatchObject({ status: 'MISSED', history });
    expect(await world.factsOf(clientId, 'AftercareContactMissed')).toHaveLength(1);
    expect((await contactsOf(clientId, world.stranger)).size).toBe(0);
  });

  it('are lost when two people say so with what was tried, and begin again when the client is reached', async () => {
    const { clientId } = await world.discharged();
    for (const hour of [2, 4, 6]) await world.talk(clientId, hour, false);
    const { lostContactDecisions } = (await world.read(clientId, DECISIONS)) as {
      lostContactDecisions: { id: string; status: string; attempts: object[] }[];
    };
    const [{ id, status, attempts } = { id: '', status: '', attempts: [] }] = lostContactDecisions;
    expect([status, attempts.length]).toEqual(['OPEN', 3]);
    const tried = ['WELFARE_CHECK', 'LETTER', 'SUPPORTER_WITH_CONSENT'].map((way) => {
      return { way, done: way !== 'SUPPORTER_WITH_CONSENT', note: 'No answer' };
    });
    const DECISION = '... on LostContactDecision { status version }';
    const decision = { id, expectedVersion: 1, isLost: true, reason: 'Nobody opens', tried };
    const decide = (input: object, by = world.maria) =>
      world.call('decideLostContact', { ...decision, ...input }, DECISION, by);
    expect(await decide({ tried: tried.slice(1) })).toMatchObject({
      issues: [{ path: 'tried', code: 'REQUIRED' }],
    });
    expect((await decide({}, world.stranger)).__typename).toBe('NotFound');
    expect(await decide({})).toMatchObject({ status: 'AWAITING_REVIEW', version: 2 });
    world.treatment.clock.now = later(7);
    const agree = { id, expectedVersion: 2, agrees: true };
    expect(await world.call('reviewLostContact', agree, DECISION, world.ines)).toMatchObject({
      status: 'LOST',
    });
    const pending = async () =>
      [...(await contactsOf(clientId)).values()].filter((one) => one.status === 'PENDING').length;
    expect(await pending()).toBe(0);
    expect(await world.read(clientId, DECISIONS)).toMatchObject({
      lostContactDecisions: [{ history: [{ to: 'AWAITING_REVIEW', note: 'Nobody opens' }, { to: 'LOST' }] }],
    });
    await world.talk(clientId, 30, true);
    expect(await pending()).toBe(8);
  });

  it('that are still to come move with the time zone of the program at the next start', async () => {
    const { clientId } = await world.discharged();
    await world.db.query(`update program_zone set time_zone = 'Asia/Tokyo'`);
    await world.db.query(
      `update aftercare_contact set due_at = due_at - interval '13 hours' where client_id = $1 and step = 'DAYS_14'`,
      [clientId],
    );
    const clock = { now: () => start, timeZone: 'America/New_York' };
    await watchZone(world.service.dataSource, clock);
    await world.timerAt(start, `follow-up:${clientId}`);
    await eventually(async () =>
      expect((await contactsOf(clientId)).get('DAYS_14')?.dueAt).toBe('2036-03-18T04:00:00.000Z'),
    );
  });
});

describe('a discharge without a first appointment within 7 days', () => {
  const missing = (clientId: string) => world.factsOf(clientId, 'TransitionAppointmentMissing');
  const visit = (clientId: string, at: string) =>
    world.call(
      'recordVisit',
      { clientId, setting: 'OUTPATIENT_CLINIC', reasons: ['MENTAL_HEALTH'], at },
      '... on Visit { id }',
    );

  it('is told at once and each morning, until a visit; a job that runs twice tells nothing', async () => {
    const { clientId } = await world.discharged();
    expect(await missing(clientId)).toHaveLength(1);
    await world.talk(clientId, 1, true);
    expect(await missing(clientId)).toHaveLength(1);
    for (const hours of [26, 27]) {
      await world.timerAt(later(hours), `follow-up:${clientId}`);
      await eventually(async () => expect(await missing(clientId)).toHaveLength(2));
    }
    await visit(clientId, later(27).toISOString());
    world.treatment.clock.now = later(60);
    await world.talk(clientId, 60, true);
    expect(await missing(clientId)).toHaveLength(2);
  });

  it('is told when it is written down late, unless somebody saw the client; a corrected day is looked at again', async () => {
    const seen = await world.admitted();
    const lost = await world.admitted();
    world.treatment.clock.now = later(21 * 24);
    const discharge = { expectedVersion: 1, ...how, at: later(1).toISOString() };
    await visit(seen.clientId, later(5 * 24).toISOString());
    for (const { stayId } of [seen, lost])
      await world.call('dischargeStay', { id: stayId, ...discharge }, STAY);
    expect(await missing(lost.clientId)).toHaveLength(1);
    expect(await missing(seen.clientId)).toHaveLength(0);
    const corrected = {
      id: seen.stayId,
      expectedVersion: 2,
      at: later(18 * 24).toISOString(),
      reason: 'Typo',
    };
    await world.call('correctDischarge', corrected, STAY);
    expect(await missing(seen.clientId)).toHaveLength(1);
  });

  it('is not told while a transition is on its way, and is told when that fails', async () => {
    const { clientId, episodeId, stayId } = await world.admitted();
    const to = { toSetting: 'OUTPATIENT_CLINIC', receiverName: 'River Clinic', reason: 'Step down' };
    const plan = { episodeId, fromStayId: stayId, ...to, handOff: 'NONE', plannedFor: '2036-03-03' };
    const T = '... on CareTransition { id version }';
    const { id } = await world.call(
      'planTransition',
      { ...plan, firstAppointmentAt: '2036-03-05T15:00:00Z' },
      T,
    );
    await world.call('dischargeStay', { id: stayId, expectedVersion: 1, ...how }, STAY);
    expect(await missing(clientId)).toHaveLength(0);
    await world.call('failTransition', { id, expectedVersion: 1, reason: 'Did not come' }, T);
    expect(await missing(clientId)).toHaveLength(1);
  });
});

describe('a transition', () => {
  const T = '... on CareTransition { id version status unconfirmed appointmentMissing packetSentAt }';
  const warm = {
    ...{ toSetting: 'OUTPATIENT_CLINIC', receiverName: 'River Clinic', reason: 'Step down', handOff: 'WARM' },
    plannedFor: '2036-03-04',
  };
  const firstAppointmentAt = '2036-03-06T15:00:00Z';

  it('is told without a first appointment, at once and each day, until there is one', async () => {
    const { clientId, episodeId } = await world.discharged();
    const { id, ...planned } = await world.call('planTransition', { episodeId, ...warm }, T);
    const unconfirmed = ['SENDER', 'RECEIVER', 'CLIENT'];
    expect(planned).toMatchObject({ status: 'PLANNED', appointmentMissing: true, unconfirmed });
    const missing = () => world.factsOf(clientId, 'TransitionAppointmentMissing');
    // The discharge before it was told, too.
    expect(await missing()).toHaveLength(2);
    await world.timerAt(new Date('2036-03-04T14:00:00Z'), `transition:${id}`);
    await eventually(async () => expect(await missing()).toHaveLength(3));
    const given = { id, expectedVersion: 1, firstAppointmentAt };
    expect(await world.call('changeTransition', given, T)).toMatchObject({ appointmentMissing: false });
    const jobs = 'select 1 from graphile_worker.jobs where key = $1';
    expect(await world.db.query(jobs, [`transition:${id}`])).toEqual([]);
    const issues = [{ path: 'episodeId', code: 'ON_ITS_WAY' }];
    expect(await world.call('planTransition', { episodeId, ...warm }, T)).toMatchObject({ issues });
  });

  it('is warm when all three have agreed, and nobody is transferred before', async () => {
    const { episodeId, stayId } = await world.admitted();
    const plan = { episodeId, fromStayId: stayId, firstAppointmentAt, ...warm };
    const { id } = await world.call('planTransition', plan, T);
    const transferred = {
      dischargeType: 'TRANSFERRED',
      endReason: 'TRANSFERRED',
      withoutPlanReason: 'Goes on there',
    };
    const transfer = () =>
      world.call('dischargeStay', { id: stayId, expectedVersion: 1, ...transferred }, STAY);
    expect(await transfer()).toMatchObject({ issues: [{ code: 'RECEIVER_NOT_CONFIRMED' }] });
    const go = (name: string, expectedVersion: number, more = {}) =>
      world.call(name, { id, expectedVersion, ...more }, T);
    expect(await go('startTransition', 1)).toMatchObject({
      issues: ['SENDER', 'RECEIVER', 'CLIENT'].map((party) => ({ code: `${party}_NOT_CONFIRMED` })),
    });
    for (const [index, party] of ['SENDER', 'RECEIVER', 'CLIENT'].entries())
      await go('confirmHandOff', index + 1, { party, name: 'Ana' });
    expect(await transfer()).toMatchObject({ __typename: 'Stay' });
    expect(await go('startTransition', 4)).toMatchObject({ status: 'IN_TRANSIT' });
    expect(await go('completeTransition', 5)).toMatchObject({ __typename: 'InvalidTransition' });
    expect(await go('recordArrival', 5, { toldBy: 'Ana' })).toMatchObject({ status: 'ARRIVED' });
    expect(await go('completeTransition', 6)).toMatchObject({ status: 'COMPLETED' });
  });

  it('goes by its referral, whatever comes first, and by no referral of another client', async () => {
    const { clientId, episodeId } = await world.discharged();
    const referralId = randomUUID();
    const step = { referralId, clientId, caseManagerId: world.maria.id, dueAt: null };
    await world.tell('referrals', referralFacts.accepted.of(referralId, start, step));
    const packet = { ...warm, handOff: 'PACKET', referralId, firstAppointmentAt };
    const { id } = await world.call('planTransition', { episodeId, ...packet }, T);
    const disclosureId = randomUUID();
    const disclosed = {
      ...{ disclosureId, clientId, agencyId: randomUUID(), referralId, disclosedAt: start.toISOString() },
      ...{ labels: [], fields: [], purpose: 'TREATMENT', basis: 'TPO_CONSENT', consentIds: [] },
      ...{ noticeVersion: null, channel: 'API' },
    };
    await world.tell('referrals', disclosureMade.of(clientId, start, disclosed));
    await world.tell('referrals', referralFacts.serviceStarted.of(referralId, start, step));
    const transitions = 'episodes { transitions { id status unconfirmed packetSentAt packetDisclosureId } }';
    const arrived = {
      id,
      status: 'ARRIVED',
      unconfirmed: ['SENDER', 'CLIENT'],
      packetDisclosureId: disclosureId,
    };
    expect(await world.read(clientId, transitions)).toMatchObject({ episodes: [{ transitions: [arrived] }] });
    const other = await world.discharged();
    const refused = { issues: [{ path: 'referralId', code: 'UNKNOWN' }] };
    const plan = (input: object) =>
      world.call('planTransition', { episodeId: other.episodeId, ...packet, ...input }, T);
    expect(await plan({})).toMatchObject(refused);
    const planned = await plan({ referralId: null, handOff: 'WARM' });
    const change = { id: planned.id, expectedVersion: planned.version, referralId };
    expect(await world.call('changeTransition', change, T)).toMatchObject(refused);
    expect(await world.read(other.clientId, transitions)).toMatchObject({
      episodes: [{ transitions: [{ status: 'PLANNED', packetSentAt: null }] }],
    });
  });

  it('hears of an acceptance that is being handled while the transition is planned or gets the referral', async () => {
    const waiting = `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    const whileAccepted = async (clientId: string, act: (referralId: string) => Promise<unknown>) => {
      const referralId = randomUUID();
      const step = { referralId, clientId, caseManagerId: world.maria.id, dueAt: null };
      const told = {
        sequence: 1,
        source: 'referrals',
        cause: { actor: { kind: 'SYSTEM', id: 'a' } as const },
      };
      const fact = { ...referralFacts.accepted.of(referralId, start, step), ...told };
      let acting: Promise<unknown> = Promise.resolve();
      await world.db.transaction(async (tx) => {
        const [accepting] = onReferral({ now: () => start, timeZone: 'America/New_York' });
        await accepting?.run(tx, { ...fact, cause: { ...fact.cause, correlationId: 'a' } });
        acting = act(referralId);
        const blocked = eventually(async () => expect(await world.db.query(waiting)).toHaveLength(1));
        await Promise.race([acting, blocked]);
      });
      return acting;
    };
    const { clientId, episodeId } = await world.discharged();
    const plan = { episodeId, ...warm, firstAppointmentAt };
    const planned = (await whileAccepted(clientId, (referralId) =>
      world.call('planTransition', { ...plan, referralId }, T),
    )) as Row;
    expect(planned).toMatchObject({ unconfirmed: ['SENDER', 'CLIENT'] });
    const { id } = planned;
    await world.call('changeTransition', { id, expectedVersion: 1, referralId: null }, T);
    expect(
      await whileAccepted(clientId, (referralId) =>
        world.call('changeTransition', { id, expectedVersion: 2, referralId }, T),
      ),
    ).toMatchObject({ unconfirmed: ['SENDER', 'CLIENT'] });
  });
});

it('a readmission begins with the plan of the former stay, and an overdose raises the tier', async () => {
  const { clientId, episodeId, stayId } = await world.discharged();
  const PLAN = '... on AftercarePlan { id }';
  const { id: planId } = await world.call('openAftercarePlan', { episodeId, leavesOn: '2036-03-03' }, PLAN);
  const housing = { plan: 'With her sister', who: 'Maria', by: '2036-03-05' };
  const written = { id: planId, expectedVersion: 1, sections: { housing }, leavesOn: '2036-03-04' };
  await world.call('writeAftercarePlan', written, PLAN);
  await world.db.query(
    `update aftercare_plan set status = 'ACTIVE', reviewed_at = now(), copy_given = true, activated_at = now(),
       activated_by = $2 where id = $1`,
    [planId, world.maria.id],
  );
  world.treatment.clock.now = later(72);
  const back = { episodeId, ...hospital, expectedVersion: 2 };
  expect(await world.call('admitStay', back, STAY)).toMatchObject({ readmissionOf: { id: stayId } });
  const plans =
    'episodes { aftercarePlans { status leavesOn clonedFrom { id } sections { housing { plan } } } }';
  const draft = { status: 'DRAFT', leavesOn: '2036-03-06', clonedFrom: { id: planId } };
  expect(await world.read(clientId, plans)).toMatchObject({
    episodes: [
      {
        aftercarePlans: [
          { ...draft, sections: { housing: { plan: 'With her sister' } } },
          { status: 'ACTIVE', leavesOn: '2036-03-04' },
        ],
      },
    ],
  });
  const use = {
    ...{ episodeId, on: '2036-03-05', substance: 'opioids', severity: 'LAPSE', source: 'CLIENT' },
    ...{ wasOverdose: true, safetyActions: ['NALOXONE_GIVEN'], planChange: 'Buprenorphine today' },
  };
  await world.call('recordReturnToUse', use, '... on ReturnToUse { id }');
  const uses = 'risk { tier } episodes { returnsToUse { substance safetyActions } }';
  expect(await world.read(clientId, uses)).toMatchObject({
    risk: { tier: 'CRISIS' },
    episodes: [{ returnsToUse: [{ substance: 'opioids', safetyActions: ['NALOXONE_GIVEN'] }] }],
  });
});

it('the support ends once, with an evaluation and a contact 90 days later', async () => {
  const { clientId, episodeId } = await world.discharged();
  world.treatment.clock.now = later(1);
  const END = '... on SupportEnd { id satisfaction contactAfter { step dueOn } referrerSummary { goals } }';
  const end = (expectedVersion: number, more = {}) =>
    world.call(
      'endSupport',
      { episodeId, expectedVersion, clientWords: 'I am well', satisfaction: 5, ...more },
      END,
    );
  expect((await end(2)).__typename).toBe('InvalidTransition');
  for (const [index, phase] of ['ACTIVE', 'CONTINUING_CARE'].entries())
    await world.call(
      'changeEpisodePhase',
      { id: episodeId, expectedVersion: index + 2, phase },
      '... on Episode { id }',
    );
  const issues = [{ path: 'referrerAgencyId', code: 'NO_CONSENT' }];
  expect(await end(4, { referrerAgencyId: randomUUID() })).toMatchObject({ issues });
  const ended = { contactAfter: { step: 'AFTER_SUPPORT_90', dueOn: '2036-06-01' }, referrerSummary: null };
  expect(await end(4)).toMatchObject({ satisfaction: 5, ...ended });
  expect((await end(4)).__typename).toBe('InvalidTransition');
  expect((await contactsOf(clientId)).get('AFTER_SUPPORT_90')?.status).toBe('PENDING');
});

it('boards show what should be done first, to those who work with the client', async () => {
  const [own, boss] = [staff('CASE_MANAGER'), staff('SUPERVISOR')];
  const clients: string[] = [];
  for (const attempts of [0, 3]) {
    const { clientId, episodeId, stayId } = await world.discharged(own, boss);
    clients.push(clientId);
    for (let hour = 1; hour <= attempts; hour += 1) await world.talk(clientId, hour, false);
    const where = { toSetting: 'SHELTER', receiverName: 'Shelter', reason: 'No home', handOff: 'NONE' };
    const plan = { episodeId, fromStayId: stayId, ...where, plannedFor: '2036-03-03' };
    await world.call('planTransition', plan, '... on CareTransition { id }', own);
  }
  world.treatment.clock.now = later(30);
  const nodes = async (query: string, by = own) => (await world.list(query, by)).map(({ node }) => node);
  const board =
    '{ list: dischargeBoard { edges { node { client { id } missing stay { contacts { step } } } } } }';
  const rows = await nodes(board);
  expect(rows.map(({ client, missing }) => [client, missing])).toEqual([
    [{ id: clients[1] }, ['DECISION_WAITS', 'NOT_ARRIVED', 'NO_APPOINTMENT', 'NO_PLAN']],
    [{ id: clients[0] }, ['NOT_ARRIVED', 'NO_APPOINTMENT', 'NO_PLAN']],
  ]);
  expect(await nodes(board, boss)).toEqual(rows);
  expect(await nodes(board, world.stranger)).not.toContainEqual(rows[0]);
  const waiting = '{ list: dischargeBoard(missing: [DECISION_WAITS]) { edges { node { client { id } } } } }';
  expect(await nodes(waiting)).toEqual([{ client: { id: clients[1] } }]);
  const page = (after: string) =>
    `{ list: dischargeBoard(first: 1${after}) { edges { cursor node { client { id } } } } }`;
  const [first] = await world.list(page(''), own);
  expect(await nodes(page(`, after: "${first?.cursor ?? ''}"`))).toEqual([{ client: { id: clients[0] } }]);
  const due = await nodes('{ list: dueFollowUps(first: 4) { edges { node { kind contact { step } } } } }');
  expect(due.map(({ kind }) => kind)).toEqual(['DECISION', 'CONTACT', 'CONTACT', 'CONTACT']);
  const risky = await nodes('{ list: transitionsAtRisk { edges { node { risks transition { status } } } } }');
  const risks = ['NOT_ARRIVED', 'RECEIVER_NOT_CONFIRMED', 'APPOINTMENT_MISSING'];
  expect(risky).toEqual([1, 2].map(() => ({ risks, transition: { status: 'PLANNED' } })));
});
