import { randomUUID } from 'node:crypto';
import {
  caseRoleAssigned,
  contactLogged,
  staffQualificationTold,
  staffRecorded,
  uuidV7,
} from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import pg from 'pg';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const chen = staff('CLINICIAN');
const pia = staff('PEER_SPECIALIST');
const now = new Date();
const told = (staffId: string, isQualified: boolean) =>
  treatment.tell('clients', staffQualificationTold.of(staffId, now, { staffId, isQualified }));

beforeAll(async () => {
  treatment = await testTreatment();
  const standing = { roles: ['CASE_MANAGER'], timeZone: null, active: true };
  const record = { staffId: maria.id, supervisorId: sam.id, ...standing };
  await treatment.tell('clients', staffRecorded.of(maria.id, now, record));
  await told(maria.id, true);
});
afterAll(() => treatment.close());

interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
}
const FIELDS = `id status version narrative labels allowedCommands returnedReason cosignedBy { id }
  goals { id } need { id } contact { id } stay { id } addenda { reason text awaitsCosignature }`;

async function run(viewer: Viewer, mutation: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const conflict = '... on NoteDraftConflict { currentVersion yours saved { narrative } }';
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ProgressNote { ${FIELDS} } ${mutation === 'saveNoteDraft' ? conflict : ''}
    ... on Problem { message ... on InvalidInput { issues { path code message } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
interface Notes {
  edges: { node: Answer }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
async function notesOf(viewer: Viewer, clientId: string, args = ''): Promise<Notes | null> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
    ... on Client { notes${args} { edges { node { ${FIELDS} } } pageInfo { hasNextPage endCursor } } } } }`;
  const data = await treatment.get<{ _entities: [{ notes: Notes | null }] }>(viewer, query, { c: clientId });
  return data._entities[0].notes;
}
const idsOf = async (...asked: Parameters<typeof notesOf>) =>
  (await notesOf(...asked))?.edges.map(({ node }) => node.id);
/** Signed notes among the entries of the timeline, and among what is new. */
async function inTimeline(viewer: Viewer, clientId: string): Promise<(number | undefined)[]> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) { ... on Client {
    timeline(kinds: ["NoteSigned"]) { edges { cursor } } sinceYouLastLooked { groups { kind count } } } } }`;
  const data = await treatment.get<{
    _entities: [
      { timeline: { edges: [] }; sinceYouLastLooked: { groups: { kind: string; count: number }[] } },
    ];
  }>(viewer, query, { c: clientId });
  const [{ timeline, sinceYouLastLooked }] = data._entities;
  const signed = sinceYouLastLooked.groups.find(({ kind }) => kind === 'NoteSigned');
  return [timeline.edges.length, signed?.count];
}
const toCosign = async (viewer: Viewer) => {
  const query = '{ notesToCosign { edges { node { id } } } }';
  const { notesToCosign } = await treatment.get<{ notesToCosign: Notes }>(viewer, query);
  return notesToCosign.edges.map(({ node }) => node.id);
};

/** A client of Maria with Chen and Pia on the care team. */
async function aClient(): Promise<string> {
  const clientId = await treatment.assign(maria.id, sam.id);
  const [{ caseId }] = await treatment.db.query<[{ caseId: string }]>(
    'select case_id as "caseId" from care where client_id = $1',
    [clientId],
  );
  for (const { id: staffId } of [chen, pia]) {
    const role = { clientId, caseId, staffId, role: 'SECONDARY' };
    await treatment.tell('clients', caseRoleAssigned.of(clientId, now, role));
  }
  return clientId;
}
const draftOf = (clientId: string, more: object = {}) => ({
  ...{ clientId, kind: 'CASE_MANAGEMENT', narrative: 'Called the landlord', occurredOn: '2026-01-02' },
  ...{ withoutGoal: 'There is no plan yet', ...more },
});
const save = (clientId: string, more: object = {}, by = maria) =>
  run(by, 'saveNoteDraft', draftOf(clientId, more));
async function signed(clientId: string, more: object = {}, by = maria): Promise<Answer> {
  const { id, version } = await save(clientId, more, by);
  return run(by, 'signNote', { id, expectedVersion: version });
}

describe('a draft', () => {
  it('of another tab is not overwritten but offered, and nobody else reads it', async () => {
    const clientId = await aClient();
    const { id } = await save(clientId);
    const mine = { id, expectedVersion: 1, narrative: 'Mine' };
    expect(await save(clientId, mine)).toMatchObject({ narrative: 'Mine', version: 2 });
    expect(await save(clientId, { ...mine, narrative: 'Yours' })).toMatchObject({
      ...{ __typename: 'NoteDraftConflict', currentVersion: 2, yours: 'Yours', saved: { narrative: 'Mine' } },
    });
    // The answer of a save was lost, and it is sent again.
    expect(await save(clientId, mine)).toMatchObject({ narrative: 'Mine', version: 2 });

    expect(await idsOf(chen, clientId)).toEqual([]);
    expect(await notesOf(sam, clientId)).toMatchObject({
      edges: [{ node: { narrative: null, allowedCommands: ['withdrawNoteDraft'] } }],
    });
    expect(await run(chen, 'withdrawNoteDraft', { id, expectedVersion: 2 })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await run(sam, 'withdrawNoteDraft', { id, expectedVersion: 2 })).toMatchObject({
      ...{ status: 'WITHDRAWN', narrative: null },
    });
    expect(await save(clientId, { ...mine, narrative: 'Late', expectedVersion: 3 })).toMatchObject({
      __typename: 'InvalidTransition',
    });
    expect(await treatment.recorded(clientId)).toEqual(['NoteDrafted', 'NoteWithdrawn']);
  });

  it('of a megabyte is refused with the limit, and ties to records of the same client only', async () => {
    const clientId = await aClient();
    expect(await save(clientId, { narrative: 'a'.repeat(900_000) })).toMatchObject({
      issues: [{ path: 'narrative', code: 'TOO_LONG', message: 'At most 20000 characters.' }],
    });
    const stranger = await aClient();
    const foreign = { needId: await treatment.need(stranger), goalIds: [randomUUID()], stayId: randomUUID() };
    for (const [field, value] of Object.entries(foreign))
      expect(await save(clientId, { [field]: value })).toMatchObject({ __typename: 'NotFound' });
    expect(await save(clientId, { id: randomUUID(), expectedVersion: 1 })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await save(clientId, {}, staff('CASE_MANAGER'))).toMatchObject({ __typename: 'NotFound' });
  });
});

describe('a signed note', () => {
  it('counts as work on its goal, has the labels of its records, and stands in the timeline without text', async () => {
    const clientId = await aClient();
    const needId = await treatment.need(clientId);
    await treatment.db.query(`update need set category = 'HOMELESSNESS' where id = $1`, [needId]);
    const contactId = uuidV7(now);
    const contact = { contactId, clientId, at: now.toISOString(), reached: true };
    await treatment.tell('clients', contactLogged.of(clientId, now, contact));
    const write = `mutation ($c: ID!) { e: startEpisode(input: { clientId: $c, kind: SUD }) { ... on Episode { id } }
      p: openCarePlan(input: { clientId: $c }) { ... on CarePlan { id } } }`;
    const { p } = await treatment.get<{ p: { id: string } }>(maria, write, { c: clientId });
    const addGoal = `mutation ($input: AddGoalInput!) { g: addGoal(input: $input) { ... on Goal { id } } }`;
    const { g } = await treatment.get<{ g: { id: string } }>(maria, addGoal, {
      input: { carePlanId: p.id, needId, domain: 'HOME' },
    });
    await treatment.db.query(`update goal set last_worked_at = '2026-01-01' where id = $1`, [g.id]);

    const links = { goalIds: [g.id], needId, contactId, withoutGoal: null };
    const note = await signed(clientId, links);
    expect(note).toMatchObject({
      ...{ status: 'SIGNED', labels: ['SOCIAL', 'SUD'], goals: [{ id: g.id }] },
      ...{ need: { id: needId }, contact: { id: contactId } },
    });
    const [{ idle }] = await treatment.db.query<[{ idle: boolean }]>(
      `select last_worked_at < '2026-01-02' as idle from goal where id = $1`,
      [g.id],
    );
    expect(idle).toBe(false);
    const query = `query ($c: ID!, $g: ID!) {
      _entities(representations: [{ __typename: "Client", id: $c }, { __typename: "Goal", id: $g }]) {
        ... on Client { timeline(kinds: ["NoteSigned"]) { edges { node { kind } } } }
        ... on Goal { notes { edges { node { id } } } } } }`;
    const asked = { c: clientId, g: g.id };
    expect((await treatment.get<{ _entities: object[] }>(pia, query, asked))._entities[1]).toEqual({
      notes: { edges: [{ node: { id: note.id } }] },
    });
    expect(await treatment.recorded(clientId)).toContain('NoteSigned');
  });

  it('about a stay has the labels of its episode, also when that has ended', async () => {
    const clientId = await aClient();
    const start = `mutation ($c: ID!) { e: startEpisode(input: { clientId: $c, kind: SUD }) { ... on Episode { id } } }`;
    const { e } = await treatment.get<{ e: { id: string } }>(maria, start, { c: clientId });
    const admit = `mutation ($input: AdmitStayInput!) { s: admitStay(input: $input) { ... on Stay { id } } }`;
    const { s } = await treatment.get<{ s: { id: string } }>(maria, admit, {
      input: {
        ...{ episodeId: e.id, expectedVersion: 1, setting: 'DETOX', reasons: ['SUBSTANCE_USE'] },
        planned: false,
      },
    });
    await treatment.db.query(
      `update episode set phase = 'ENDED', ended_at = now(), end_reason = 'CLIENT_DECISION', discharge_type = 'OTHER'
       where id = $1`,
      [e.id],
    );
    expect(await signed(clientId)).toMatchObject({ labels: [] });
    expect(await signed(clientId, { stayId: s.id })).toMatchObject({ labels: ['SUD'], stay: { id: s.id } });
  });

  it('is changed by nobody, in the database neither, and amended by additions', async () => {
    const clientId = await aClient();
    const { id, version } = await signed(clientId);
    const more = { id, expectedVersion: version, reason: 'CORRECTION', text: 'It was Tuesday' };
    const amended = await Promise.all([run(chen, 'amendNote', more), run(maria, 'amendNote', more)]);
    expect(amended.map(({ __typename }) => __typename).sort()).toEqual(['ProgressNote', 'StaleVersion']);
    expect(amended.find(({ __typename }) => __typename === 'ProgressNote')).toMatchObject({
      ...{
        narrative: 'Called the landlord',
        addenda: [{ text: 'It was Tuesday', awaitsCosignature: false }],
      },
    });
    const owner = new pg.Client({ connectionString: treatment.database.ownerUrl });
    await owner.connect();
    for (const sql of [
      `update progress_note set narrative = 'Else'`,
      `update progress_note set labels = '{}', occurred_on = '2026-01-03'`,
      `update progress_note set status = 'DRAFT', signed_at = null`,
      `update progress_note set status = 'WITHDRAWN'`,
      'delete from progress_note',
    ])
      await expect(owner.query(`${sql} where id = $1`, [id])).rejects.toThrow('does not change');
    await expect(owner.query(`update progress_note_addendum set text = 'x'`)).rejects.toThrow('not change');
    await owner.end();
  });

  it('that is not for peers is not there for them; lists are paged and filtered', async () => {
    const clientId = await aClient();
    const open = await signed(clientId, { labels: ['IPV'] });
    const closed = await signed(clientId, { visibility: 'CLINICAL_TEAM', kind: 'GROUP_SESSION' }, chen);
    const own = await save(clientId);
    expect(await idsOf(maria, clientId)).toEqual([own.id, closed.id, open.id]);
    expect(await idsOf(pia, clientId)).toEqual([open.id]);
    expect(await treatment.get(pia, `{ progressNote(id: "${closed.id}") { id } }`)).toEqual({
      progressNote: null,
    });
    await eventually(async () => expect(await inTimeline(sam, clientId)).toEqual([2, 2]));
    expect(await inTimeline(pia, clientId)).toEqual([1, 1]);
    expect(await idsOf(maria, clientId, '(filter: { statuses: [SIGNED], labels: [IPV] })')).toEqual([
      open.id,
    ]);
    expect(await idsOf(maria, clientId, `(filter: { authorId: "${chen.id}" })`)).toEqual([closed.id]);
    const first = await notesOf(
      maria,
      clientId,
      '(first: 2, filter: { kinds: [CASE_MANAGEMENT, GROUP_SESSION] })',
    );
    expect(first?.pageInfo.hasNextPage).toBe(true);
    expect(await idsOf(maria, clientId, `(first: 2, after: "${first?.pageInfo.endCursor ?? ''}")`)).toEqual([
      open.id,
    ]);
    for (const nobody of [staff('CASE_MANAGER'), staff('PRIVACY_OFFICER'), staff('INTAKE_WORKER')])
      expect(await notesOf(nobody, clientId)).toBeNull();
  });
});

describe('the note of a trainee', () => {
  /** A trainee of another team than Maria's. */
  async function ofAnotherTeam() {
    const [tom, ruth] = [staff('CASE_MANAGER'), staff('SUPERVISOR')];
    const record = { supervisorId: ruth.id, roles: ['CASE_MANAGER'], timeZone: null, active: true };
    await treatment.tell('clients', staffRecorded.of(tom.id, now, { staffId: tom.id, ...record }));
    return { tom, ruth };
  }

  it('who stands in for a colleague of another team waits for the supervisor of the client', async () => {
    const { tom, ruth } = await ofAnotherTeam();
    const clientId = await treatment.assign(maria.id, sam.id);
    const cover = 'update staff_standing set cover_id = $2 where staff_id = $1';
    await treatment.db.query(cover, [maria.id, tom.id]);
    const { id, version } = await signed(clientId, {}, tom);
    const told = `select payload ->> 'supervisorId' as id from outbox
      where type = 'NoteAwaitsCosignature' and key = $1`;
    expect(await treatment.db.query(told, [clientId])).toEqual([{ id: sam.id }]);
    await treatment.db.query(cover, [maria.id, null]);
    expect(await toCosign(sam)).toContain(id);
    expect(await toCosign(ruth)).not.toContain(id);
    const cosign = { id, expectedVersion: version };
    expect(await run(ruth, 'cosignNote', cosign)).toMatchObject({ __typename: 'NotFound' });
    expect(await run(sam, 'cosignNote', cosign)).toMatchObject({ status: 'SIGNED' });
    expect(await toCosign(sam)).not.toContain(id);
  });

  it('waits for the supervisor of the client once the own one works with the client no more, or left', async () => {
    const { tom, ruth } = await ofAnotherTeam();
    const clientId = await treatment.assign(tom.id, ruth.id);
    const { id } = await signed(clientId, {}, tom);
    expect(await toCosign(ruth)).toContain(id);
    expect(await toCosign(sam)).not.toContain(id);
    await treatment.assign(maria.id, sam.id, clientId);
    expect(await toCosign(sam)).toContain(id);
    expect(await toCosign(ruth)).not.toContain(id);
    // Whom the author follows now works with the client neither.
    const last = { staffId: tom.id, supervisorId: randomUUID(), roles: ['CASE_MANAGER'], timeZone: null };
    await treatment.tell('clients', staffRecorded.of(tom.id, now, { ...last, active: true }));
    expect(await toCosign(sam)).toContain(id);
  });

  it('waits for a supervisor, comes back, is signed, and follows its author to another supervisor', async () => {
    const tom = staff('CASE_MANAGER');
    const clientId = await treatment.assign(tom.id, sam.id);
    expect(await save(clientId, { kind: 'FAMILY_SESSION' }, tom)).toMatchObject({ status: 'DRAFT' });
    const { id, version } = await signed(clientId, {}, tom);
    const step = (viewer: Viewer, name: string, expectedVersion: number, more: object = {}) =>
      run(viewer, name, { id, expectedVersion, ...more });
    expect(await toCosign(sam)).toContain(id);
    expect(await toCosign(staff('SUPERVISOR'))).not.toContain(id);
    expect(await step(sam, 'returnNote', version, { reason: 'With whom?' })).toMatchObject({
      ...{ status: 'DRAFT', returnedReason: 'With whom?' },
    });
    expect(await toCosign(sam)).not.toContain(id);
    await step(tom, 'signNote', version + 1);
    expect(await step(staff('SUPERVISOR'), 'cosignNote', version + 2)).toMatchObject({
      __typename: 'NotFound',
    });
    const both = { ...tom, roles: ['CASE_MANAGER', 'SUPERVISOR'] as const };
    expect(await step(both, 'cosignNote', version + 2)).toMatchObject({ __typename: 'Forbidden' });

    const ruth = staff('SUPERVISOR');
    const record = { staffId: tom.id, supervisorId: ruth.id, roles: ['CASE_MANAGER'] };
    await treatment.tell(
      'clients',
      staffRecorded.of(tom.id, now, { ...record, timeZone: null, active: true }),
    );
    expect(await toCosign(ruth)).toEqual([id]);
    expect(await step(ruth, 'cosignNote', version + 2)).toMatchObject({
      ...{ status: 'SIGNED', cosignedBy: { id: ruth.id } },
    });
    const later = await step(tom, 'amendNote', version + 3, { reason: 'LATE_ENTRY', text: 'And the bank' });
    expect(later).toMatchObject({ status: 'AWAITING_COSIGNATURE', addenda: [{ awaitsCosignature: true }] });
    expect(await step(ruth, 'cosignNote', later.version)).toMatchObject({
      ...{ status: 'SIGNED', addenda: [{ awaitsCosignature: false }] },
    });
    await told(tom.id, true);
    expect(await signed(clientId, {}, tom)).toMatchObject({ status: 'SIGNED' });
  });
});
