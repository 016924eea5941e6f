import { randomUUID } from 'node:crypto';
import { referralFacts } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { tellReview } from './case-file/tell-review.ts';
import { watchGaps, watchQueue } from './safety-net/watch.ts';
import { aClient, hire, testService, type TestService } from '../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

interface Answer {
  __typename: string;
  id: string;
  version: number;
  status: string;
  [field: string]: unknown;
}
const ofCase = `id version status phase reviewOn nextContactDueAt queuedSince failedAttempts
  allowedCommands nextStep { code dueAt isOverdue who { id } } risks previousCase { id }
  primaryCaseManager { id } screeningDecision { decision alternative }
  casePhases { phase reason enteredBy { id } } closure { reason override } client { status deceasedOn }`;
const problems = `... on InvalidInput { issues { path code } } ... on InvalidTransition { from allowed }`;
const blocked = '... on CloseBlocked { blockers { kind count } }';
const wordsOf = (name: string) => name[0]!.toUpperCase() + name.slice(1);

/** A second later than the step before: entries of one millisecond have no order. */
async function act(viewer: Viewer, name: string, input: object): Promise<Answer> {
  service.clock.now = new Date(service.clock.now.getTime() + 1000);
  const query = `mutation ($input: ${wordsOf(name)}Input!) { ${name}(input: $input) {
    __typename ... on CaseFile { ${ofCase} } ${problems} ${name === 'closeCase' ? blocked : ''} } }`;
  const { data, errors } = await service.ask<Record<string, Answer> | null>(viewer, query, { input });
  if (!data?.[name]) throw new Error(JSON.stringify(errors));
  return data[name];
}
const log = (viewer: Viewer, input: object) =>
  service
    .ask<{ logContact: Answer }>(
      viewer,
      `mutation ($input: LogContactInput!) { logContact(input: $input) { __typename ... on ContactEntry { id version
        caseFile { failedAttempts nextContactDueAt lastReachedAt version } } ... on InvalidInput { issues { path code } } } }`,
      { input: { channel: 'CALL', reached: false, purpose: 'CHECK_IN', at: iso(0), ...input } },
    )
    .then(({ data }) => data.logContact);
const see = (viewer: Viewer, id: string) =>
  service
    .ask<{ caseFile: Answer | null }>(viewer, `query ($id: ID!) { caseFile(id: $id) { ${ofCase} } }`, { id })
    .then(({ data }) => data.caseFile);

const iso = (ms: number) => new Date(service.clock.now.getTime() + ms).toISOString();
const hour = 3_600_000;
const dayLater = (days: number) => iso(days * 24 * hour).split('T')[0]!;
const typesOf = async (clientId: string) => (await service.recorded(clientId)).slice(4);
const run = (job: ReturnType<typeof watchQueue>, payload: unknown = {}) =>
  job(payload, { dataSource: service.running.dataSource });
const clock = () => ({ now: () => service.clock.now, timeZone: 'America/New_York' });

describe('the life of a case', () => {
  it('goes from assessment to aftercare and back, with each phase, and tells each step', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
    const caseId = activeCase.id;
    let file = await act(people.maria, 'advanceCase', { caseId, expectedVersion: 1 });
    expect(file).toMatchObject({
      status: 'OPEN_PLANNING',
      phase: 'PLANNING',
      nextStep: { who: { id: people.maria.id } },
    });
    expect((await act(people.maria, 'advanceCase', { caseId, expectedVersion: 1 })).__typename).toBe(
      'StaleVersion',
    );
    const next = async (name: string, input: object = {}) => {
      file = await act(people.maria, name, { caseId, expectedVersion: file.version, ...input });
      return file;
    };
    await next('advanceCase');
    await next('holdCase', { reason: 'CLIENT_HOSPITALIZED', reviewOn: dayLater(10) });
    expect(file).toMatchObject({
      status: 'ON_HOLD',
      nextStep: { code: 'REVIEW_HOLD' },
      phase: 'IMPLEMENTING',
    });
    expect(await next('advanceCase')).toMatchObject({ __typename: 'InvalidTransition', from: 'ON_HOLD' });
    file = (await see(people.maria, caseId))!;
    await run(tellReview(clock()), { caseId, reviewOn: file.reviewOn });
    await run(tellReview(clock()), { caseId, reviewOn: '2020-01-01' });
    await next('resumeCase');
    await next('enterCasePhase', { phase: 'ASSESSING', reason: 'a new instrument' });
    await next('advanceCase');
    await next('advanceCase');
    await next('returnCaseToActive', { reason: 'return to use' });
    expect(file).toMatchObject({ status: 'OPEN_ACTIVE', phase: 'IMPLEMENTING' });
    const phases = (file.casePhases as { phase: string; enteredBy: { id: string } }[]).map(
      ({ phase }) => phase,
    );
    expect(phases).toEqual([
      ...[
        'ASSESSING',
        'PLANNING',
        'IMPLEMENTING',
        'ASSESSING',
        'TRANSITIONING',
        'POST_TRANSITION',
        'IMPLEMENTING',
      ],
    ]);
    expect((await service.recorded(clientId)).filter((type) => type.startsWith('Case'))).toEqual([
      ...[
        'CaseOpened',
        'CaseManagerAssigned',
        'CaseAdvanced',
        'CaseAdvanced',
        'CaseHeld',
        'CaseHoldReviewDue',
      ],
      ...['CaseResumed', 'CasePhaseEntered', 'CaseAdvanced', 'CaseAdvanced', 'CaseReturnedToActive'],
    ]);
  });

  it('begins with a screening, may wait, and ends with an alternative where the program cannot help', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria);
    const wrong = await act(people.maria, 'markCaseEnteredInError', {
      caseId: activeCase.id,
      reason: 'twice',
      expectedVersion: 1,
    }).catch((error: unknown) => String(error));
    expect(wrong).toContain('FORBIDDEN');
    const gone = await act(people.privacy, 'markCaseEnteredInError', {
      caseId: activeCase.id,
      reason: 'twice',
      expectedVersion: 1,
    });
    expect(gone).toMatchObject({ status: 'ENTERED_IN_ERROR', allowedCommands: [] });

    let file = await act(people.maria, 'openCase', { clientId, startsWith: 'SCREENING' });
    expect(file).toMatchObject({
      status: 'SCREENING',
      previousCase: { id: activeCase.id },
      primaryCaseManager: { id: people.maria.id },
    });
    const decide = async (input: object) =>
      act(people.maria, 'decideScreening', { caseId: file.id, expectedVersion: file.version, ...input });
    expect(await decide({ decision: 'NOT_ELIGIBLE', reviewOn: dayLater(3) })).toMatchObject({
      issues: [{ path: 'reason' }, { path: 'alternative' }, { path: 'reviewOn', code: 'NOT_ALLOWED' }],
    });
    file = await decide({ decision: 'WAITLISTED', reviewOn: dayLater(30) });
    expect(file).toMatchObject({ status: 'WAITLISTED', nextStep: { code: 'REVIEW_WAIT_LIST' } });
    file = await decide({ decision: 'ACCEPTED' });
    expect(file).toMatchObject({ status: 'OPEN_ASSESSMENT', screeningDecision: { decision: 'ACCEPTED' } });
    expect(await act(people.maria, 'openCase', { clientId })).toMatchObject({
      __typename: 'InvalidTransition',
    });
  });

  it('ends when nothing holds it up, or by a supervisor, and is opened again with the same id', async () => {
    const { id: clientId, activeCase } = await aClient(service.ask, people.maria, {
      needs: [{ category: 'DENTAL' }],
    });
    const caseId = activeCase.id;
    const referralId = randomUUID();
    const step = { referralId, clientId, caseManagerId: people.maria.id, dueAt: null };
    await service.hear(
      referralFacts.created.of(referralId, new Date(), step),
      referralFacts.sent.of(referralId, new Date(), step),
    );
    const preview = `query ($caseId: ID!) { closePreview(caseId: $caseId, reason: GOALS_MET) { canClose
      blockers { kind count } effects { kind count } } }`;
    const seen = (viewer: Viewer) =>
      service.ask<{ closePreview: object | null }>(viewer, preview, { caseId });
    expect((await seen(people.maria)).data.closePreview).toEqual({
      canClose: false,
      blockers: [{ kind: 'LIVE_REFERRAL', count: 1 }],
      effects: [
        { kind: 'REFERRALS_END_IN_A_DAY', count: 1 },
        { kind: 'NEEDS_UNMET', count: 1 },
        { kind: 'REMINDERS_STOP', count: 1 },
        { kind: 'LEAVES_CASELOAD', count: 1 },
      ],
    });
    expect((await seen(people.jonah)).data.closePreview).toBeNull();
    const closing = { caseId, reason: 'GOALS_MET', expectedVersion: 1, override: 'the agency agreed' };
    expect(await act(people.maria, 'closeCase', closing)).toMatchObject({ __typename: 'CloseBlocked' });
    const closed = await act(people.supervisor, 'closeCase', closing);
    expect(closed).toMatchObject({
      status: 'CLOSED',
      closure: { override: 'the agency agreed' },
      nextStep: null,
      risks: [],
      client: { status: 'CLOSED' },
    });

    const back = await act(people.maria, 'reopenCase', {
      caseId,
      reason: 'came back',
      expectedVersion: closed.version,
    });
    expect(back).toMatchObject({
      id: caseId,
      status: 'OPEN_ASSESSMENT',
      closure: null,
      client: { status: 'ACTIVE' },
      primaryCaseManager: { id: people.maria.id },
    });
    await service.hear(referralFacts.cancelled.of(referralId, new Date(), step));
    expect((await seen(people.maria)).data.closePreview).toMatchObject({ canClose: true, blockers: [] });
    expect(await typesOf(clientId)).toEqual(
      expect.arrayContaining(['NeedStatusChanged', 'CaseClosed', 'CaseReopened']),
    );
  });

  it('after 90 days is a new case that names the old one; the dead do not come back', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const closing = { caseId: activeCase.id, reason: 'GOALS_MET', expectedVersion: 1 };
    const closed = await act(people.maria, 'closeCase', closing);
    await service.running.dataSource.query(
      `update case_file set closed_at = closed_at - interval '92 days' where id = $1`,
      [activeCase.id],
    );
    const input = {
      caseId: activeCase.id,
      reason: 'came back',
      expectedVersion: closed.version,
      idempotencyKey: randomUUID(),
    };
    const back = await act(people.maria, 'reopenCase', input);
    expect(back).toMatchObject({ status: 'OPEN_ASSESSMENT', previousCase: { id: activeCase.id } });
    expect(back.id).not.toBe(activeCase.id);
    expect((await act(people.maria, 'reopenCase', input)).id).toBe(back.id);

    const died = {
      caseId: back.id,
      reason: 'DECEASED',
      deceasedOn: dayLater(-2),
      expectedVersion: back.version,
    };
    const dead = await act(people.maria, 'closeCase', died);
    expect(dead).toMatchObject({
      client: { status: 'DECEASED', deceasedOn: died.deceasedOn },
      allowedCommands: ['MARK_ENTERED_IN_ERROR'].slice(1),
    });
    const again = { caseId: back.id, reason: 'wrong', expectedVersion: dead.version };
    expect(await act(people.maria, 'reopenCase', again)).toMatchObject({
      __typename: 'InvalidTransition',
      from: 'DECEASED',
    });
  });
});

describe('contacts', () => {
  const contacts = `query ($caseId: ID!, $filter: ContactFilterInput, $first: Int, $after: Cursor) {
    contacts(caseId: $caseId, filter: $filter, first: $first, after: $after) {
      edges { node { id reached summary version revisions { version reached summary } } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    contacts: {
      edges: { node: Record<string, unknown> }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    } | null;
  }
  const list = async (viewer: Viewer, caseId: string, args: object = {}) =>
    (await service.ask<Page>(viewer, contacts, { caseId, ...args })).data.contacts;

  it('are counted one by one, also when two are logged at once, and two failed ones start an outreach', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    const caseId = activeCase.id;
    service.clock.now = new Date(service.clock.now.getTime() + hour);
    const both = await Promise.all([
      log(people.maria, { caseId }),
      log(people.maria, { caseId, channel: 'TEXT' }),
    ]);
    expect(both.map(({ __typename }) => __typename)).toEqual(['ContactEntry', 'ContactEntry']);
    expect(await see(people.maria, caseId)).toMatchObject({ failedAttempts: 2, version: 1 });
    expect((await service.recorded(id)).filter((type) => type === 'CaseAttemptsFailed')).toHaveLength(1);

    const first = await list(people.maria, caseId, { first: 1 });
    expect(first?.pageInfo.hasNextPage).toBe(true);
    const rest = await list(people.maria, caseId, { first: 5, after: first?.pageInfo.endCursor });
    expect(rest?.edges).toHaveLength(1);
    expect((await list(people.maria, caseId, { filter: { reached: true } }))?.edges).toEqual([]);
    expect(await list(people.jonah, caseId)).toBeNull();
    expect((await log(people.jonah, { caseId })).__typename).toBe('NotFound');
  });

  it('are corrected as new versions, and the next contact follows', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const caseId = activeCase.id;
    service.clock.now = new Date(service.clock.now.getTime() + 48 * hour);
    const logged = await log(people.maria, { caseId, reached: true, summary: 'slept well', labels: ['MH'] });
    const before = await see(people.maria, caseId);
    const correct = `mutation ($input: CorrectContactInput!) { correctContact(input: $input) { __typename ... on ContactEntry { version } } }`;
    const input = {
      id: logged.id,
      at: iso(0),
      channel: 'CALL',
      reached: false,
      purpose: 'CHECK_IN',
      expectedVersion: 1,
    };
    const { data } = await service.ask<{ correctContact: object }>(people.maria, correct, { input });
    expect(data.correctContact).toEqual({ __typename: 'ContactEntry', version: 2 });
    expect(await see(people.maria, caseId)).not.toMatchObject({ nextContactDueAt: before?.nextContactDueAt });
    expect((await list(people.maria, caseId))?.edges.map(({ node }) => node)).toMatchObject([
      {
        reached: false,
        summary: null,
        version: 2,
        revisions: [{ version: 1, reached: true, summary: 'slept well' }],
      },
    ]);
    const seen = await list(people.privacy, caseId);
    expect(seen?.edges[0]?.node).toMatchObject({ summary: null, revisions: [{ summary: null }] });
  });

  it('while the case changes hands are logged whole or not at all, and the new case manager goes on', async () => {
    const { activeCase } = await aClient(service.ask, people.maria);
    const caseId = activeCase.id;
    const assign = `mutation ($input: AssignCaseManagerInput!) { assignCaseManager(input: $input) { __typename ... on CaseFile { id } } }`;
    const [logged, assigned] = await Promise.all([
      log(people.maria, { caseId }),
      service.ask<{ assignCaseManager: Answer }>(people.supervisor, assign, {
        input: { caseId, caseManagerId: people.jonah.id, expectedVersion: 1 },
      }),
    ]);
    expect(assigned.data.assignCaseManager.__typename).toBe('CaseFile');
    const found = await list(people.jonah, caseId);
    expect(found?.edges).toHaveLength(logged.__typename === 'ContactEntry' ? 1 : 0);
    expect(await list(people.maria, caseId)).toBeNull();
  });
});

interface Listed {
  edges: { node: { id: string; risks: string[] } }[];
}

describe('the safety net', () => {
  const atRisk = `query ($kinds: [CaseRisk!]) { casesAtRisk(kinds: $kinds, first: 100) { edges { node { id risks } } } }`;
  const risky = async (viewer: Viewer, ...kinds: string[]) => {
    const { data } = await service.ask<{ casesAtRisk: Listed }>(viewer, atRisk, { kinds });
    return data.casesAtRisk.edges.map(({ node }) => node);
  };

  it('finds a case in the queue past its limits, tells each limit once, and each day afterwards', async () => {
    const { id, activeCase } = await aClient(service.ask, people.intake);
    const gaps = async () => (await service.recorded(id)).filter((type) => type.startsWith('CaseUnassigned'));
    await run(watchQueue(clock()));
    expect(await gaps()).toEqual([]);
    service.clock.now = new Date(service.clock.now.getTime() + 4 * hour);
    await run(watchQueue(clock()));
    await run(watchQueue(clock()));
    expect(await gaps()).toEqual(['CaseUnassignedFourHours']);
    service.clock.now = new Date(service.clock.now.getTime() + 5 * 24 * hour);
    await run(watchQueue(clock()));
    await run(watchGaps(clock()));
    expect(await gaps()).toEqual([
      ...['CaseUnassignedFourHours', 'CaseUnassignedBusinessDay', 'CaseUnassignedBusinessDay'],
    ]);
    const found = await risky(people.supervisor, 'UNASSIGNED_BUSINESS_DAY');
    expect(found.find((one) => one.id === activeCase.id)?.risks).toEqual([
      'NO_OWNER',
      'UNASSIGNED_FOUR_HOURS',
      'UNASSIGNED_BUSINESS_DAY',
    ]);
    expect((await risky(people.maria)).map((one) => one.id)).not.toContain(activeCase.id);
  });

  it('finds an overdue contact for the case manager and the supervisor, and nobody else', async () => {
    const { id, activeCase } = await aClient(service.ask, people.maria);
    service.clock.now = new Date(service.clock.now.getTime() + 9 * 24 * hour);
    const ids = async (viewer: Viewer) => (await risky(viewer, 'CONTACT_OVERDUE')).map((one) => one.id);
    expect(await ids(people.maria)).toContain(activeCase.id);
    expect(await ids(people.supervisor)).toContain(activeCase.id);
    expect(await ids(people.otherSupervisor)).not.toContain(activeCase.id);
    expect(await see(people.maria, activeCase.id)).toMatchObject({ nextStep: { isOverdue: true } });
    const mine = `query ($due: CaseloadDue) { myCaseload(due: $due, sort: LAST_REACHED, first: 100) { edges { node { id } } } }`;
    const due = async (by: string | null) => {
      const { data } = await service.ask<{ myCaseload: Listed }>(people.maria, mine, { due: by });
      return data.myCaseload.edges.map(({ node }) => node.id);
    };
    const fresh = await aClient(service.ask, people.maria);
    expect(await due('OVERDUE')).toContain(activeCase.id);
    expect(await due('TODAY')).not.toContain(fresh.activeCase.id);
    expect(await due('THIS_WEEK')).toContain(fresh.activeCase.id);
    await run(watchGaps(clock()));
    await eventually(async () => expect(await service.recorded(id)).toContain('CaseContactOverdue'));
  });
});

it('each change of a due date was told: the last fact of each case says what the case says', async () => {
  const wrong = await service.running.dataSource.query<unknown[]>(
    `select f.id, f.status from case_file f where f.next_contact_due_at is distinct from (
       select (o.payload ->> 'dueAt')::timestamptz from outbox o
       where o.type = 'NextContactMoved' and o.payload ->> 'caseId' = f.id::text order by o.seq desc limit 1)`,
  );
  expect(wrong).toEqual([]);
});
