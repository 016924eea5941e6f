import { caseManagerAssigned, referralFacts, staffRecorded, uuidV7 } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T15:00:00Z');
const id = () => uuidV7(now);
const ruth = aViewer(id(), ['PROGRAM_ADMIN']);
const sam = aViewer(id(), ['SUPERVISOR']);
const nora = aViewer(id(), ['SUPERVISOR']);
const maria = aViewer(id(), ['CASE_MANAGER']);
const jonah = aViewer(id(), ['CASE_MANAGER']);
const ola = aViewer(id(), ['CLINICIAN']);
const clientId = id();
const referralId = id();

let service: TestService;
beforeAll(async () => {
  service = await testService();
  service.clock.now = now;
  const record = (viewer: Viewer, supervisorId: string | null) =>
    staffRecorded.of(viewer.id, now, {
      ...{ staffId: viewer.id, supervisorId, roles: [...viewer.roles], timeZone: null, active: true },
    });
  await service.hear([
    ...[record(ruth, null), record(sam, ruth.id), record(nora, ruth.id), record(ola, ruth.id)],
    ...[record(maria, sam.id), record(jonah, sam.id)],
    caseManagerAssigned.of(clientId, now, {
      ...{ clientId, caseId: id(), caseManagerId: jonah.id, supervisorId: sam.id },
    }),
    referralFacts.completed.of(referralId, now, {
      ...{ referralId, clientId: id(), caseManagerId: maria.id, dueAt: null },
    }),
  ]);
  await service.ask(
    ruth,
    `mutation ($input: PlanOnCallInput!) { planOnCall(input: $input) { ... on OnCallDuty { id } } }`,
    { input: { staffId: ola.id, from: now, until: new Date(now.getTime() + 3_600_000) } },
  );
});
afterAll(() => service.close());

interface Answer {
  __typename: string;
  id: string;
  version: number;
  issues?: { path: string; code: string }[];
}

async function change(viewer: Viewer, name: string, input: object): Promise<Answer> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const answer = await service.ask<{ outcome: Answer }>(
    viewer,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { __typename
       ... on AppreciationNote { id version moderation body allowedCommands }
       ... on InvalidInput { issues { path code } } ... on Problem { message } } }`,
    { input },
  );
  return answer.outcome;
}

const thanks = (more: object = {}) => ({
  ...{
    toStaffId: maria.id,
    fromType: 'CLIENT',
    fromClientId: clientId,
    body: 'Thank you for your patience.',
  },
  ...more,
});
const read = async (viewer: Viewer, noteId: string) =>
  (
    await service.ask<{ appreciationNote: Record<string, unknown> | null }>(
      viewer,
      `query ($id: ID!) { appreciationNote(id: $id) { body sharedBody reaction findings hasVerifiedOccasion } }`,
      { id: noteId },
    )
  ).appreciationNote;

async function inbox(viewer: Viewer, noteId: string): Promise<object[]> {
  const { myNotifications } = await service.ask<{
    myNotifications: { edges: { node: { subject: { id?: string } | null } }[] };
  }>(
    viewer,
    `{ myNotifications(first: 100) { edges { node { code requiresAck client { id }
       subject { __typename ... on AppreciationNote { id body } } } } } }`,
  );
  return myNotifications.edges.map(({ node }) => node).filter(({ subject }) => subject?.id === noteId);
}

async function received(
  viewer: Viewer,
): Promise<{ id: string; body: string | null; sharedBody: string | null }[]> {
  const { _entities } = await service.ask<{
    _entities: [{ appreciationNotes: { edges: { node: { id: string; body: null; sharedBody: null } }[] } }];
  }>(
    viewer,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on StaffMember {
       appreciationNotes { edges { node { id body sharedBody } } } } } }`,
    { r: [{ __typename: 'StaffMember', id: maria.id }] },
  );
  return _entities[0].appreciationNotes.edges.map(({ node }) => node);
}

describe('thanks of a client', () => {
  let note: Answer;

  it('wait for a moderator, and the receiver knows nothing yet', async () => {
    note = await change(jonah, 'submitAppreciation', thanks({ occasionId: referralId }));
    expect(note).toMatchObject({ moderation: 'PENDING', allowedCommands: [] });
    await expect(read(maria, note.id)).resolves.toBeNull();
    await expect(read(nora, note.id)).resolves.toBeNull();
    await expect(read(sam, note.id)).resolves.toMatchObject({ findings: [], hasVerifiedOccasion: true });
  });

  it('stand in the queue of the supervisor of the receiver and of nobody else', async () => {
    const queue = async (viewer: Viewer) =>
      (
        await service.ask<{ appreciationQueue: { edges: { node: { id: string } }[] } }>(
          viewer,
          '{ appreciationQueue { edges { node { id } } } }',
        )
      ).appreciationQueue.edges.map(({ node }) => node.id);
    expect(await queue(sam)).toEqual([note.id]);
    expect(await queue(ruth)).toEqual([note.id]);
    expect(await queue(nora)).toEqual([]);
    await expect(queue(maria)).rejects.toThrow('FORBIDDEN');
  });

  it('are decided by a moderator once; for others they do not exist', async () => {
    const approve = { id: note.id, decision: 'APPROVE', expectedVersion: 1 };
    expect(await change(nora, 'moderateAppreciation', approve)).toMatchObject({ __typename: 'NotFound' });
    const reject = { ...approve, decision: 'REJECT' };
    expect(await change(sam, 'moderateAppreciation', reject)).toMatchObject({ issues: [{ path: 'reason' }] });
    const answers = await Promise.all([sam, ruth].map((one) => change(one, 'moderateAppreciation', approve)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['AppreciationNote', 'StaleVersion']);
  });

  it('reach the inbox of the receiver, who answers', async () => {
    expect(await inbox(maria, note.id)).toMatchObject([
      { code: 'APPRECIATION_RECEIVED', requiresAck: false, client: null, subject: { body: thanks().body } },
    ]);
    const react = { id: note.id, reaction: 'MOVED', expectedVersion: 2 };
    expect(await change(sam, 'reactToAppreciation', react)).toMatchObject({ __typename: 'NotFound' });
    expect(await change(maria, 'reactToAppreciation', react)).toMatchObject({ version: 3 });
    await expect(read(jonah, note.id)).resolves.toMatchObject({ reaction: 'MOVED' });
  });

  it('are private until the writer authorized more, and then without the words that identify', async () => {
    expect(await received(jonah)).toEqual([]);
    const share = { id: note.id, visibility: 'PUBLIC', text: 'Thank you for your time.', expectedVersion: 3 };
    expect(await change(maria, 'shareAppreciation', share)).toMatchObject({
      issues: [{ path: 'authorization', code: 'REQUIRED' }],
    });
    const authorization = { signedOn: '2036-03-02', reference: 'Form 7' };
    expect(await change(maria, 'shareAppreciation', { ...share, authorization })).toMatchObject({
      version: 4,
    });
    expect(await received(nora)).toEqual([{ id: note.id, body: null, sharedBody: share.text }]);
    const back = { id: note.id, visibility: 'PRIVATE', expectedVersion: 4 };
    expect(await change(maria, 'shareAppreciation', back)).toMatchObject({ version: 5 });
    expect(await received(nora)).toEqual([]);
    expect(await received(maria)).toMatchObject([{ body: thanks().body }]);
  });
});

describe('words of crisis', () => {
  it('reach supervisor and clinician on call at once and never the inbox of the receiver', async () => {
    const body = 'Thank you for everything. Tomorrow I want to die.';
    const note = await change(jonah, 'submitAppreciation', thanks({ body }));
    expect(note).toMatchObject({ moderation: 'ESCALATED' });
    for (const viewer of [sam, ola])
      expect(await inbox(viewer, note.id)).toMatchObject([
        { code: 'NOTE_IN_CRISIS', requiresAck: true, client: { id: clientId }, subject: { body } },
      ]);
    const approve = { id: note.id, decision: 'APPROVE', expectedVersion: 1 };
    expect(await change(sam, 'moderateAppreciation', approve)).toMatchObject({
      __typename: 'InvalidTransition',
    });
    const reject = { ...approve, decision: 'REJECT', reason: 'Reviewed, the person was reached.' };
    expect(await change(sam, 'moderateAppreciation', reject)).toMatchObject({ moderation: 'REJECTED' });
    expect(await inbox(maria, note.id)).toEqual([]);
    await expect(read(maria, note.id)).resolves.toBeNull();
  });
});

describe('a note', () => {
  it('of a client of somebody else is answered as one of nobody', async () => {
    const answers = await Promise.all(
      [clientId, id()].map((fromClientId) => change(ola, 'submitAppreciation', thanks({ fromClientId }))),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ __typename: 'NotFound' });
  });

  it.each([
    ['of 100 kB', { body: 'ก'.repeat(34_000) }, 'body TOO_LONG'],
    ['in Thai with a link', { body: 'ขอบคุณ https://example.org', language: 'th' }, 'body LINK'],
    ['for an event of another person', { occasionId: clientId }, 'occasionId UNKNOWN'],
    ['to nobody', { toStaffId: 'maria' }, 'toStaffId INVALID_ID'],
  ])('%s is refused with the place', async (_case, more, expected) => {
    const { issues = [] } = await change(jonah, 'submitAppreciation', thanks(more));
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([expected]);
  });

  it('sent twice with one key is one note', async () => {
    const input = thanks({ fromType: 'COLLEAGUE', fromClientId: null, idempotencyKey: 'k' });
    const first = await change(jonah, 'submitAppreciation', input);
    expect(await change(jonah, 'submitAppreciation', input)).toEqual(first);
  });
});

describe('recognition', () => {
  const query = `query ($r: [_Any!]!) { recognitionCampaigns { name from isNow }
    _entities(representations: $r) { ... on StaffMember { lastWeek { from done { kind times } } } } }`;
  const r = [{ __typename: 'StaffMember', id: maria.id }];

  it('shows a person their own last week, and nobody else', async () => {
    service.clock.now = new Date('2036-03-10T15:00:00Z');
    await expect(service.ask(maria, query, { r })).resolves.toMatchObject({
      _entities: [{ lastWeek: { from: '2036-03-02', done: [{ kind: 'LOOP_CLOSED', times: 1 }] } }],
    });
    await expect(service.ask(sam, query, { r })).resolves.toMatchObject({ _entities: [{ lastWeek: null }] });
  });

  it('has Case Manager’s Week and the campaigns of the program', async () => {
    const plan = (from: string, to: string) =>
      service.ask(
        ruth,
        `mutation ($input: PlanRecognitionInput!) { planRecognition(input: $input) {
           ... on RecognitionCampaign { isNow } ... on InvalidInput { issues { path code } } } }`,
        { input: { name: 'Spring thanks', from, to } },
      );
    await expect(plan('2036-03-10', '2036-03-09')).resolves.toEqual({
      planRecognition: { issues: [{ path: 'to', code: 'BEFORE_BEGINNING' }] },
    });
    await expect(plan('2036-03-10', '2036-03-14')).resolves.toEqual({ planRecognition: { isNow: true } });
    await expect(service.ask(maria, query, { r })).resolves.toMatchObject({
      recognitionCampaigns: [
        { name: 'Spring thanks', from: '2036-03-10', isNow: true },
        { name: 'Case Manager’s Week', from: '2036-10-12', isNow: false },
      ],
    });
  });
});
