import { randomUUID } from 'node:crypto';
import type { Viewer } from '@throughline/graphql';
import { secretKeys } from '@throughline/runtime';
import type pg from 'pg';
import { staff } from '../../treatment.harness.ts';
import { as, counselingWorld, notesPage } from './counseling.harness.ts';
import { resealNotes, storeResealed, type NoteText } from './reseal-notes.ts';

const world = await counselingWorld();
const { treatment, keys, sam, maria, chen, ada, run, textsOf, aClient, written, actsOn } = world;
afterAll(() => treatment.close());

interface Log {
  edges: { node: { noteId: string; act: string; as: string; by: { id: string } } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
const LOG = `edges { node { noteId act as at by { id } } } pageInfo { hasNextPage endCursor }`;

describe('the log of accesses to a counseling note', () => {
  const petra = staff('PRIVACY_OFFICER');
  const ofClient = `query ($c: ID!, $first: Int, $after: Cursor) {
    counselingAccesses(clientId: $c, first: $first, after: $after) { ${LOG} } }`;
  const acts = (log: Log | null | undefined) =>
    log?.edges.map(({ node }) => `${node.by.id === chen.id ? 'chen' : 'ada'} ${node.act} ${node.as}`) ?? null;
  async function logOf(viewer: Viewer, id: string, args: object = {}): Promise<Log | null> {
    const query = `query ($id: ID!, $first: Int, $after: Cursor) {
      counselingNote(id: $id) { accesses(first: $first, after: $after) { ${LOG} } } }`;
    const found = await treatment.get<{ counselingNote: { accesses: Log | null } }>(viewer, query, {
      id,
      ...args,
    });
    return found.counselingNote.accesses;
  }

  it('is for its author, newest first, and for nobody whom the author named', async () => {
    const clientId = await aClient(chen, ada);
    const { id } = await written(clientId);
    await run(chen, 'nameCounselingReader', { id, clinicianId: ada.id });
    expect(await textsOf(ada, clientId)).toHaveLength(1);
    const start = await logOf(chen, id, { first: 2 });
    expect(acts(start)).toEqual(['chen READ AUTHOR', 'ada READ NAMED_READER']);
    const after = start?.pageInfo.endCursor;
    expect(acts(await logOf(chen, id, { after }))?.filter((act) => !act.includes('READ A'))).toEqual([
      'chen READER_NAMED AUTHOR',
      'chen WRITTEN AUTHOR',
    ]);
    expect(await logOf(ada, id)).toBeNull();
  });

  it('is for privacy officers, of every note of a client, and for no other role', async () => {
    const clientId = await aClient(chen, ada);
    const [one, two] = [await written(clientId), await written(clientId)];
    const read = (viewer: Viewer, c: string, args: object = {}) =>
      treatment.get<{ counselingAccesses: Log | null }>(viewer, ofClient, { c, ...args });
    const { counselingAccesses: start } = await read(petra, clientId, { first: 1 });
    expect(start?.edges).toMatchObject([{ node: { noteId: two.id, act: 'WRITTEN', by: { id: chen.id } } }]);
    const { counselingAccesses: rest } = await read(petra, clientId, { after: start?.pageInfo.endCursor });
    expect(rest).toMatchObject({ edges: [{ node: { noteId: one.id } }], pageInfo: { hasNextPage: false } });
    expect(await read(petra, randomUUID())).toEqual({ counselingAccesses: null });
    for (const other of [maria, sam, chen, ada, staff('PROGRAM_ADMIN')]) {
      const { errors } = await treatment.ask(other, ofClient, { c: clientId });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const { errors } = await treatment.ask(petra, notesPage, { c: clientId });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('encrypting counseling notes again', () => {
  const newer = secretKeys.parse(`${keys.second},${keys.first}`);
  const asRole = <Result>(work: (role: pg.Client) => Promise<Result>) =>
    as(treatment.database.apart.counseling ?? '', work);
  const left = () =>
    asRole(async (role) => {
      const sql = `select id from counseling.note where sealed not like 'sealed:second:%'`;
      return (await role.query(sql)).rowCount;
    });

  it('goes on after a stop, changes nothing else, and has nothing to do the second time', async () => {
    const clientId = await aClient(chen);
    const [one, two] = [await written(clientId), await written(clientId, { text: 'River' })];
    await run(chen, 'signCounselingNote', { id: one.id, expectedVersion: 1 });
    const all = (await left()) ?? 0;
    const stopped = asRole((role) =>
      resealNotes(role, newer, {
        batch: 1,
        onBatch: () => {
          throw new Error('stopped');
        },
      }),
    );
    await expect(stopped).rejects.toThrow('stopped');
    expect(await left()).toBe(all - 1);
    const told: number[] = [];
    const onBatch = (done: number) => void told.push(done);
    expect(await asRole((role) => resealNotes(role, newer, { batch: 2, onBatch }))).toBe(all - 1);
    expect(told.at(-1)).toBe(all - 1);
    expect(await left()).toBe(0);
    expect(await asRole((role) => resealNotes(role, newer))).toBe(0);
    expect(await textsOf(chen, clientId)).toEqual(['River', 'Dream of water']);
    const revise = { id: two.id, expectedVersion: 1, text: 'Sea' };
    expect(await run(chen, 'reviseCounselingNote', revise)).toMatchObject({ text: 'Sea', version: 2 });
    expect(await actsOn(one.id)).not.toContain('REVISED');
  });

  it('leaves a note as it is that was revised meanwhile', async () => {
    const clientId = await aClient(chen);
    const { id } = await written(clientId);
    const revised = await asRole(async (role) => {
      const { rows } = await role.query<NoteText>('select id, sealed from counseling.note where id = $1', [
        id,
      ]);
      await run(chen, 'reviseCounselingNote', { id, expectedVersion: 1, text: 'Sea' });
      return storeResealed(role, newer, rows);
    });
    expect(revised).toBe(0);
    expect(await textsOf(chen, clientId)).toEqual(['Sea']);
  });

  it('changes nothing when a key is missing', async () => {
    const clientId = await aClient(chen);
    await written(clientId);
    const before = await left();
    const without = secretKeys.parse(keys.third);
    await expect(asRole((role) => resealNotes(role, without))).rejects.toThrow(
      /^COUNSELING_NOTE_KEYS lacks the keys .*first/,
    );
    expect(await left()).toBe(before);
  });
});
