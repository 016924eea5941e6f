import { randomBytes, randomUUID } from 'node:crypto';
import { caseRoleEnded } from '@throughline/events';
import { roles, type Role, type Viewer } from '@throughline/graphql';
import { silentLogger } from '@throughline/runtime';
import { everyQuery } from '@throughline/testing';
import fc from 'fast-check';
import { createSchema } from '../../schema.ts';
import { staff } from '../../treatment.harness.ts';
import { as, counselingWorld, notesPage as page } from './counseling.harness.ts';

const now = new Date();
const world = await counselingWorld();
const { treatment, lines, sam, maria, chen, ada, bo, run, notesOf, textsOf, aClient, written, actsOn } =
  world;
afterAll(() => treatment.close());

describe('a counseling note', () => {
  it('is read by its author and by the clinicians that are named, as long as they work with the client', async () => {
    const clientId = await aClient(chen, ada);
    const note = await written(clientId);
    expect(await textsOf(chen, clientId)).toEqual(['Dream of water']);
    expect(await textsOf(ada, clientId)).toEqual([]);
    expect(await textsOf(bo, clientId)).toBeNull();
    for (const clinicianId of [bo.id, maria.id, chen.id, randomUUID()])
      expect(await run(chen, 'nameCounselingReader', { id: note.id, clinicianId })).toMatchObject({
        issues: [{ path: 'clinicianId', code: 'NOT_ON_TEAM' }],
      });
    const name = { id: note.id, clinicianId: ada.id };
    expect(await run(ada, 'nameCounselingReader', name)).toMatchObject({ __typename: 'NotFound' });
    for (const again of [name, name])
      expect(await run(chen, 'nameCounselingReader', again)).toMatchObject({ readers: [{ id: ada.id }] });
    expect(await textsOf(ada, clientId)).toEqual(['Dream of water']);
    const revise = { id: note.id, expectedVersion: 1, text: 'x' };
    expect(await run(ada, 'reviseCounselingNote', revise)).toMatchObject({ __typename: 'NotFound' });
    await run(chen, 'removeCounselingReader', name);
    expect(await textsOf(ada, clientId)).toEqual([]);
    const acts = await actsOn(note.id);
    expect(acts.filter((act) => act !== 'READ')).toEqual(['WRITTEN', 'READER_NAMED', 'READER_REMOVED']);
    expect(acts).toContain('READ');
  });

  it('is in no log as read by somebody who could not read it', async () => {
    const clientId = await aClient(chen, ada);
    const { id } = await written(clientId);
    await run(chen, 'nameCounselingReader', { id, clinicianId: ada.id });
    await run(ada, 'reviseCounselingNote', { id, expectedVersion: 1, text: 'x' });
    const [{ caseId }] = await treatment.db.query<[{ caseId: string }]>(
      'select case_id as "caseId" from care where client_id = $1',
      [clientId],
    );
    await treatment.tell(
      'clients',
      caseRoleEnded.of(clientId, now, { clientId, caseId, staffId: ada.id, role: 'SECONDARY' }),
    );
    expect(await treatment.get(ada, `{ counselingNote(id: "${id}") { text } }`)).toEqual({
      counselingNote: null,
    });
    expect(await actsOn(id, ada.id)).toEqual([]);
  });

  it('is revised until it is signed, then added to; a second click and a lost answer change nothing', async () => {
    const clientId = await aClient(chen);
    const key = { idempotencyKey: randomUUID() };
    const [one, two] = await Promise.all([written(clientId, key), written(clientId, key)]);
    expect(two.id).toBe(one.id);
    expect(await written(clientId, { ...key, text: 'Else' })).toMatchObject({
      __typename: 'IdempotencyConflict',
    });
    const revise = { id: one.id, expectedVersion: 1, text: 'River' };
    for (const again of [revise, revise])
      expect(await run(chen, 'reviseCounselingNote', again)).toMatchObject({ text: 'River', version: 2 });
    expect(await run(chen, 'reviseCounselingNote', { ...revise, text: 'Sea' })).toMatchObject({
      __typename: 'StaleVersion',
    });
    expect(await written(clientId, { amendsId: one.id })).toMatchObject({ __typename: 'InvalidTransition' });
    const sign = { id: one.id, expectedVersion: 2 };
    for (const again of [sign, sign])
      expect(await run(chen, 'signCounselingNote', again)).toMatchObject({ version: 3 });
    expect(
      await run(chen, 'reviseCounselingNote', { ...revise, expectedVersion: 3, text: 'Sea' }),
    ).toMatchObject({
      __typename: 'InvalidTransition',
    });
    expect(await written(clientId, { amendsId: one.id, text: 'More' })).toMatchObject({ amendsId: one.id });
    const start = await notesOf(chen, clientId, { first: 1 });
    expect(start).toMatchObject({ edges: [{ node: { text: 'More' } }], pageInfo: { hasNextPage: true } });
    expect(await notesOf(chen, clientId, { first: 1, after: start?.pageInfo.endCursor })).toMatchObject({
      edges: [{ node: { text: 'River' } }],
    });
    // Another text of the same key, nothing that is encrypted, and another column together with the text of another key.
    for (const change of [
      `sealed = sealed || 'x'`,
      `sealed = 'sealed:x'`,
      `sealed = 'sealed:x:y', version = 9`,
    ]) {
      const sql = `update counseling.note set ${change} where id = $1`;
      await expect(as(treatment.database.ownerUrl, (owner) => owner.query(sql, [one.id]))).rejects.toThrow(
        'does not change',
      );
    }
  });

  it('is refused with every fault, for strangers, and when it is too long', async () => {
    const clientId = await aClient(chen);
    const issues = [
      { path: 'text', code: 'TOO_LONG' },
      { path: 'sessionOn', code: 'IN_FUTURE' },
    ];
    expect(await written(clientId, { text: 'a'.repeat(900_000), sessionOn: '2199-01-01' })).toMatchObject({
      issues,
    });
    for (const stranger of [await aClient(ada), randomUUID()])
      expect(await written(stranger)).toMatchObject({ __typename: 'NotFound' });
    for (const other of [maria, sam]) {
      const { errors } = await treatment.ask(other, page, { c: clientId });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('is closed to the usual role of the service, and encrypted', async () => {
    const clientId = await aClient(chen);
    const { id } = await written(clientId);
    const { appUrl, apart } = treatment.database;
    const read = 'select sealed from counseling.note';
    await expect(as(appUrl, (app) => app.query(read))).rejects.toThrow('permission denied for schema');
    for (const sql of [
      'select 1 from public.care',
      'delete from counseling.note',
      'delete from counseling.access_event',
      'update counseling.access_event set at = now()',
    ])
      await expect(as(apart.counseling ?? '', (role) => role.query(sql))).rejects.toThrow(
        'permission denied',
      );
    const { rows } = await as(apart.counseling ?? '', (role) =>
      role.query<{ sealed: string }>(`${read} where id = $1`, [id]),
    );
    expect(rows[0]?.sealed).toMatch(/^sealed:first:[\w-]+$/);
    expect(rows[0]?.sealed).not.toContain('water');
  });
});

/** Golden case 12. Source: infra/reference/domain.md 8.9. */
describe('of a counseling note nothing stands', () => {
  const marker = `qq${randomBytes(8).toString('hex')}`;
  const relations = ['NONE', 'CARE_TEAM', 'OWN_CASELOAD', 'TEAM', 'NAMED'] as const;
  type Relation = (typeof relations)[number];
  const staffRoles = roles.filter((role) => role !== 'SYSTEM');
  let clientId: string;
  let noteId: string;
  const people = new Map<string, string>();
  const personOf = (relation: Relation) => people.get(relation) ?? '';

  beforeAll(async () => {
    for (const relation of relations) people.set(relation, randomUUID());
    people.set('OWN_CASELOAD', maria.id).set('TEAM', sam.id).set('NAMED', ada.id);
    clientId = await aClient(chen, ada, staff('CLINICIAN', personOf('CARE_TEAM')));
    ({ id: noteId } = await written(clientId, { text: marker }));
    await run(chen, 'nameCounselingReader', { id: noteId, clinicianId: ada.id });
    await run(chen, 'signCounselingNote', { id: noteId, expectedVersion: 1 });
  });

  it('in any answer to anybody else, in whatever role and relation, whatever is asked', async () => {
    const own = [
      `{ counselingNote(id: "00000000-0000-4000-8000-000000000000") { id text } }`,
      `{ counselingNotes(clientId: "00000000-0000-4000-8000-000000000000") { edges { node { id text } } } }`,
    ];
    const others = everyQuery(createSchema(silentLogger), '00000000-0000-4000-8000-000000000000');
    const asked = (query: string, id: string) => query.replaceAll('00000000-0000-4000-8000-000000000000', id);
    const about = fc.record({
      // Half of the time what leads to notes.
      query: fc.oneof(fc.constantFrom(...own), fc.constantFrom(...others)),
      // And who could be taken for a reader.
      role: fc.oneof(fc.constant<Role>('CLINICIAN'), fc.constantFrom<Role>(...staffRoles)),
      relation: fc.constantFrom(...relations),
      isOfNote: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(about, async ({ query, role, relation, isOfNote }) => {
        const isPartner = role.startsWith('PARTNER');
        const viewer: Viewer = {
          ...staff(role, personOf(relation)),
          ...(isPartner && { graph: 'PARTNER' as const, agencyId: randomUUID() }),
        };
        const answer = JSON.stringify(
          await treatment.ask(viewer, asked(query, isOfNote ? noteId : clientId)),
        );
        const mayRead = role === 'CLINICIAN' && relation === 'NAMED' && query.includes('counselingNote');
        if (mayRead) return;
        expect(answer).not.toContain(marker);
        const readsLog = role === 'PRIVACY_OFFICER' && query.includes('counselingAccesses');
        if (!isOfNote && !readsLog) expect(answer).not.toContain(noteId);
      }),
      { numRuns: 250 },
    );
    expect(await textsOf(ada, clientId)).toEqual([marker]);
  });

  it('in any other table, in the outbox, in the timeline, in a receipt or in the log', async () => {
    const found = await as(treatment.database.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ name: string }>(`
        select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema', 'counseling')`);
      const holding: string[] = [];
      for (const { name } of rows) {
        const sql = `select 1 from ${name} t where t::text like '%${marker}%' or t::text like '%${noteId}%' limit 1`;
        if ((await owner.query(sql)).rowCount) holding.push(name);
      }
      return { holding, asked: rows.length };
    });
    expect(found.holding).toEqual([]);
    expect(found.asked).toBeGreaterThan(30);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes(marker) || line.includes(noteId))).toEqual([]);
    expect(await treatment.recorded(clientId)).toEqual([]);
  });
});
