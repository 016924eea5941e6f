import { eventually } from '@throughline/testing';
import { hire, testService, type TestService } from '../../test-service.ts';
import { codesOf, deskOf, helpline, line911, line988 } from './a-call.test-world.ts';

let service: TestService;
let desk: ReturnType<typeof deskOf>;
let people: Awaited<ReturnType<typeof hire>>;
const start = new Date('2036-03-03T15:00:00Z');

beforeAll(async () => {
  service = await testService();
  // In the future, so that the queue, which goes by the clock of the database, runs nothing by itself.
  service.clock.now = start;
  desk = deskOf(service);
  people = await hire(service.ask);
});
beforeEach(() => void (service.clock.now = start));
afterAll(() => service.close());

const inMinutes = (minutes: number) => new Date(start.getTime() + minutes * 60_000).toISOString();
const reachable = { callbackNumber: '(305) 555-0123 x42', safeToCallBack: true };
const factsOf = (key: string) => service.sent.filter((fact) => fact.key === key).map(({ type }) => type);

/** Lets the time come, and runs the job of the inquiry. */
async function runJob(name: string, inquiryId: string, at: Date): Promise<void> {
  service.clock.now = at;
  await service.db.query(
    `select graphile_worker.reschedule_jobs(
       array(select id from graphile_worker.jobs where key = $1), run_at => now() - interval '1 second')`,
    [`${name}:${inquiryId}`],
  );
}

describe('a first contact', () => {
  it('is taken from an anonymous caller, and ends with information', async () => {
    const opened = await desk.open(people.intake, { anonymous: true });
    expect(opened).toMatchObject({
      ...{ status: 'OPEN', urgency: 'ROUTINE', transferTo: [] },
      allowedCommands: ['UPDATE', 'ANSWER_TRIAGE', 'END', 'CONVERT'],
    });
    const ended = await desk.act(people.intake, 'endInquiry', {
      ...desk.at(opened),
      disposition: 'INFO_GIVEN',
    });
    expect(ended).toMatchObject({ status: 'ENDED', disposition: 'INFO_GIVEN', allowedCommands: [] });
    const again = await desk.act(people.intake, 'endInquiry', {
      ...desk.at(ended),
      disposition: 'ABANDONED',
    });
    expect(again).toMatchObject({ __typename: 'InvalidTransition', from: 'INFO_GIVEN' });
  });

  it('lists every fault at once', async () => {
    const answer = await desk.open(people.intake, {
      ...{ anonymous: true, callerName: 'Rosalind', callbackNumber: '12', state: '5', channel: 'PIGEON' },
      receivedAt: inMinutes(5),
    });
    expect(codesOf(answer)).toEqual([
      'callbackNumber INVALID_FORMAT',
      'callerName ANONYMOUS',
      'channel UNKNOWN_VALUE',
      'receivedAt IN_FUTURE',
      'state INVALID_FORMAT',
    ]);
  });

  it('keeps the extension of a number', async () => {
    const opened = await desk.open(people.intake, reachable);
    expect(opened).toMatchObject({ callbackNumber: '+13055550123', callbackExtension: '42' });
    const changed = await desk.act(people.intake, 'updateInquiry', {
      ...desk.at(opened),
      callbackNumber: '212-555-0100',
    });
    expect(changed).toMatchObject({ callbackNumber: '+12125550100', callbackExtension: null });
  });

  it('is read by the desk only', async () => {
    const { id } = await desk.open(people.intake);
    expect(await desk.read(people.supervisor, id)).toMatchObject({ id });
    const query = 'query ($id: ID!) { inquiry(id: $id) { id } }';
    for (const other of [people.maria, people.privacy, people.admin]) {
      const { errors } = await service.ask(other, query, { id });
      expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { data } = await service.ask<{ _entities: unknown[] }>(
      people.maria,
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Inquiry { id status } } }',
      { of: [{ __typename: 'Inquiry', id }] },
    );
    expect(data._entities).toEqual([null]);
  });
});

describe('the triage script', () => {
  it('asks what the answers lead to, and raises the urgency', async () => {
    const opened = await desk.open(people.intake);
    const codes = opened.nextQuestions.map(({ code }) => code);
    expect(codes).toEqual(['danger-now', 'harm-thoughts', 'recent-use', 'tonight', 'wishes']);
    const answered = await desk.act(people.intake, 'answerTriage', {
      ...desk.at(opened),
      answers: [
        { question: 'danger-now', answers: ['NO'] },
        { question: 'harm-thoughts', answers: ['LATELY'] },
      ],
    });
    expect(answered).toMatchObject({ urgency: 'URGENT' });
    expect(answered.nextQuestions.map(({ code }) => code)).toContain('harm-plan');
    const ended = await desk.act(people.intake, 'endInquiry', {
      ...desk.at(answered),
      disposition: 'SCREENED',
    });
    expect(codesOf(ended)).toEqual(['disposition NOT_SCREENED']);
  });

  it('takes only answers of the version with which the contact began', async () => {
    const opened = await desk.open(people.intake);
    const query = `mutation ($input: PublishTriageScriptInput!) {
      publishTriageScript(input: $input) { __typename ... on TriageScript { number } ... on StaleVersion { currentVersion } } }`;
    const answers = [{ code: 'YES', text: 'Yes', urgency: 'CRISIS' }];
    const questions = [{ code: 'only-one', text: 'Is it a crisis?', choice: 'ONE', required: true, answers }];
    const publish = async (expectedVersion: number) =>
      (
        await service.ask<{ publishTriageScript: object }>(people.admin, query, {
          input: { questions, expectedVersion },
        })
      ).data.publishTriageScript;
    expect(await publish(1)).toEqual({ __typename: 'TriageScript', number: 2 });
    expect(await publish(1)).toEqual({ __typename: 'StaleVersion', currentVersion: 2 });

    const old = await desk.act(people.intake, 'answerTriage', {
      ...desk.at(opened),
      answers: [
        { question: 'only-one', answers: ['YES'] },
        { question: 'withdrawal', answers: ['SOME'] },
        { question: 'tonight', answers: ['YES', 'NO', 'MAYBE'] },
      ],
    });
    expect(codesOf(old)).toEqual([
      'answers.0.question UNKNOWN',
      'answers.1.question NOT_ASKED',
      'answers.2.answers TOO_MANY',
      'answers.2.answers.2 UNKNOWN',
    ]);
    const fresh = await desk.open(people.intake);
    expect(fresh.nextQuestions.map(({ code }) => code)).toEqual(['only-one']);
  });
});

describe('a crisis', () => {
  it('names the lines at once, tells a fact, and does not end before somebody says how it was handed on', async () => {
    const opened = await desk.open(people.intake, { urgency: 'CRISIS', language: 'es' });
    expect(opened.transferTo.map(({ number }) => number)).toEqual(['988', '911']);
    await eventually(() => expect(factsOf(opened.id)).toEqual(['InquiryInCrisis']));

    const end = (more: object) => desk.act(people.intake, 'endInquiry', { ...desk.at(opened), ...more });
    expect(codesOf(await end({ disposition: 'INFO_GIVEN' }))).toEqual(['transfer MISSING']);
    const transfer = { result: 'TRANSFERRED', lineId: line911 };
    expect(codesOf(await end({ disposition: 'WARM_TRANSFER_988', transfer }))).toEqual([
      'transfer.lineId CONTRADICTS',
    ]);
    const refused = { result: 'REFUSED', doneInstead: ' ' };
    expect(codesOf(await end({ disposition: 'EMERGENCY_911', transfer: refused }))).toEqual([
      'transfer.doneInstead MISSING',
      'transfer.result CONTRADICTS',
    ]);
    const falls = await desk.act(people.intake, 'updateInquiry', { ...desk.at(opened), urgency: 'ROUTINE' });
    expect(codesOf(falls)).toEqual(['urgency CANNOT_FALL']);
    const done = await end({ disposition: 'WARM_TRANSFER_988', transfer: { ...transfer, lineId: line988 } });
    expect(done).toMatchObject({ status: 'ENDED', disposition: 'WARM_TRANSFER_988', transferTo: [] });
  });

  it('ends without a transfer when the caller refuses, with what was done instead', async () => {
    const opened = await desk.open(people.intake, { urgency: 'CRISIS' });
    const transfer = { result: 'REFUSED', doneInstead: 'Stayed on the line until the sister came.' };
    const ended = await desk.act(people.intake, 'endInquiry', {
      ...{ ...desk.at(opened), disposition: 'INFO_GIVEN', transfer },
    });
    expect(ended.status).toBe('ENDED');
  });

  it('cannot be ended in the database without it', async () => {
    const { id } = await desk.open(people.intake, { urgency: 'CRISIS' });
    const end = `update inquiry set status = 'ENDED', ended_at = now(), disposition = 'INFO_GIVEN' where id = $1`;
    await expect(service.db.query(end, [id])).rejects.toThrow(/check/);
  });
});

describe('a callback', () => {
  const promise = (inquiry: { id: string; version: number }, callback: object) =>
    desk.act(people.intake, 'endInquiry', {
      ...desk.at(inquiry),
      disposition: 'CALLBACK_SCHEDULED',
      callback,
    });

  it('is promised for a time to come, within the hours of the caller, to a safe number', async () => {
    const opened = await desk.open(people.intake);
    const late = { at: inMinutes(-1), from: '17:00', to: '20:00', timeZone: 'America/New_York' };
    expect(codesOf(await promise(opened, late))).toEqual([
      'callback.at IN_PAST',
      'callback.at OUTSIDE_HOURS',
      'callbackNumber MISSING',
      'safeToCallBack NOT_SAFE',
    ]);
    const end = { ...desk.at(opened), disposition: 'CALLBACK_SCHEDULED' };
    expect(codesOf(await desk.act(people.intake, 'endInquiry', end))).toEqual(['callback MISSING']);
  });

  it('is due ten minutes before its time, and missed when nobody called', async () => {
    const opened = await desk.open(people.intake, { ...reachable, urgency: 'URGENT' });
    const promised = await promise(opened, { at: inMinutes(60) });
    expect(promised).toMatchObject({ status: 'CALLBACK', callback: { isDue: false, isOverdue: false } });

    await runJob('inquiry.callback-due', opened.id, new Date(inMinutes(50)));
    await eventually(() => expect(factsOf(opened.id)).toEqual(['CallbackDue']));
    expect(await desk.read(people.intake, opened.id)).toMatchObject({
      callback: { isDue: true, isOverdue: false },
    });

    await runJob('inquiry.callback-missed', opened.id, new Date(inMinutes(60)));
    await eventually(() => expect(factsOf(opened.id)).toEqual(['CallbackDue', 'CallbackMissed']));
    const { data } = await service.ask<{ intakeDesk: { overdueCallbacks: { id: string }[] } }>(
      people.intake,
      '{ intakeDesk { overdueCallbacks { id callback { missedAt } } } }',
    );
    expect(data.intakeDesk.overdueCallbacks).toContainEqual({
      id: opened.id,
      callback: { missedAt: inMinutes(60) },
    });
  });

  it('is claimed by one worker, and missed when that worker does not end it', async () => {
    const opened = await desk.open(people.intake, reachable);
    const { id } = await promise(opened, { at: inMinutes(20) });
    const claims = await Promise.all(
      [people.intake, people.supervisor].map((viewer) => desk.act(viewer, 'claimCallback', { id })),
    );
    expect(claims.map(({ __typename }) => __typename).sort()).toEqual(['Inquiry', 'InvalidTransition']);
    const refused = claims.find(({ __typename }) => __typename === 'InvalidTransition');
    expect(refused).toMatchObject({ from: 'CALLBACK_CLAIMED' });

    service.clock.now = new Date(inMinutes(25));
    const released = await desk.act(people.supervisor, 'releaseCallback', { id });
    expect(released.allowedCommands).toContain('CLAIM_CALLBACK');
    await desk.act(people.intake, 'claimCallback', { id });
    await runJob('inquiry.callback-missed', id, new Date(inMinutes(26)));
    await eventually(async () => {
      const [job] = await service.db.query<{ at: Date }[]>(
        `select run_at as at from graphile_worker.jobs where key = $1 and attempts = 0`,
        [`inquiry.callback-missed:${id}`],
      );
      expect(job?.at).toEqual(new Date(inMinutes(55)));
    });
    expect(factsOf(id)).toEqual([]);
    await runJob('inquiry.callback-missed', id, new Date(inMinutes(55)));
    await eventually(() => expect(factsOf(id)).toEqual(['CallbackMissed']));
  });

  it('is kept by ending the inquiry, which takes its timers back', async () => {
    const opened = await desk.open(people.intake, reachable);
    const promised = await promise(opened, { at: inMinutes(20) });
    const claimed = await desk.act(people.supervisor, 'claimCallback', { id: promised.id });
    const ended = await desk.act(people.supervisor, 'endInquiry', {
      ...desk.at(claimed),
      disposition: 'INFO_GIVEN',
    });
    expect(ended).toMatchObject({ status: 'ENDED', callback: { dueAt: inMinutes(20), isDue: false } });
    const jobs = await service.db.query<object[]>(
      `select key from graphile_worker.jobs where key like 'inquiry.callback%' and key like $1`,
      [`%${promised.id}`],
    );
    expect(jobs).toEqual([]);
  });
});

describe('the retention of a contact without a client', () => {
  it('ends with its personal data, and leaves how it ended', async () => {
    const opened = await desk.open(people.intake, {
      ...reachable,
      callerName: 'Rosalind',
      presentingConcern: 'My son',
    });
    await desk.act(people.intake, 'endInquiry', { ...desk.at(opened), disposition: 'INFO_GIVEN' });
    await runJob('inquiry.erase', opened.id, new Date(inMinutes(91 * 24 * 60)));
    await eventually(async () => {
      const [row] = await service.db.query<object[]>('select * from inquiry where id = $1', [opened.id]);
      expect(row).toMatchObject({ caller_name: null, callback_number: null, presenting_concern: null });
      expect(row).toMatchObject({
        disposition: 'INFO_GIVEN',
        answers: [],
        erased_at: expect.any(Date) as Date,
      });
    });
  });
});

interface Listed {
  inquiries: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}

it('lists the newest of the desk, by status and urgency, page after page', async () => {
  const ids: string[] = [];
  for (const urgency of ['URGENT', 'URGENT', 'ROUTINE'])
    ids.push((await desk.open(people.supervisor, { urgency })).id);
  const query = `query ($after: Cursor, $filter: InquiryFilter) {
    inquiries(filter: $filter, first: 1, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }`;
  const filter = { urgency: ['URGENT'], handledById: people.supervisor.id, status: ['OPEN'] };
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data }: { data: Listed } = await service.ask<Listed>(people.intake, query, { filter, after });
    seen.push(...data.inquiries.edges.map(({ node }) => node.id));
    after = data.inquiries.pageInfo.hasNextPage ? data.inquiries.pageInfo.endCursor : null;
  } while (after);
  expect(seen).toHaveLength(2);
  expect(new Set(seen)).toEqual(new Set(ids.slice(0, 2)));
});

it('names public lines, and none of a company', async () => {
  const { data } = await service.ask<{ callLines: object[] }>(
    people.maria,
    '{ callLines { id number isOpenNow nextOpening } }',
  );
  const open = { isOpenNow: true, nextOpening: null };
  expect(data.callLines).toEqual([
    { id: line988, number: '988', ...open },
    { id: line911, number: '911', ...open },
    { id: helpline, number: '+18006624357', ...open },
  ]);
});
