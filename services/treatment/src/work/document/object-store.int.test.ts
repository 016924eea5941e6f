import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@throughline/testing';
import S3rver from 's3rver';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';
import { nameOf } from './document-content.ts';
import { objectStore, type ObjectStore } from './object-store.ts';

const account = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1' };
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
let folder: string;
let server: S3rver;
let store: ObjectStore;
let treatment: TestTreatment;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-s3-'));
  server = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory: folder },
    configureBuckets: [{ name: 'documents', configs: [] }],
  });
  const url = `http://127.0.0.1:${String((await server.run()).port)}/documents`;
  store = objectStore({ url, ...account });
  treatment = await testTreatment({
    settings: {
      DOCUMENT_STORE_URL: url,
      DOCUMENT_STORE_ACCESS_KEY: account.accessKeyId,
      DOCUMENT_STORE_SECRET_KEY: account.secretAccessKey,
    },
  });
  origin = new URL(treatment.service.url).origin;
});
afterAll(async () => {
  await treatment.close();
  await server.close();
  await rm(folder, { recursive: true });
});

/** Signature, IHDR and the begin of IDAT: a PNG, as far as its first bytes say. */
const head = Buffer.from(`89504e470d0a1a0a0000000d49484452${'00'.repeat(17)}0000100049444154`, 'hex');
const png = (bytes: number) => Buffer.concat([head, randomBytes(bytes - head.length)]);

interface Added {
  id: string;
  uploadLink: { path: string };
}
async function announce(clientId: string, bytes: number): Promise<Added> {
  const query = `mutation ($input: AddDocumentInput!) { addDocument(input: $input) {
    ... on ClientDocument { id uploadLink { path } } } }`;
  const input = { clientId, class: 'COURT_PAPER', title: 'Hearing', media: 'PNG', bytes };
  return (await treatment.get<{ addDocument: Added }>(maria, query, { input })).addDocument;
}
const put = (path: string, body: Buffer) =>
  fetch(`${origin}${path}`, { method: 'PUT', body: new Uint8Array(body) });
const objectOf = async (id: string): Promise<string> => {
  const sql = 'select object_id from client_document where id = $1';
  const [row] = await treatment.db.query<[{ object_id: string }]>(sql, [id]);
  return row.object_id;
};
const kept = async () => {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('._S3rver_object'));
};

it('keeps, gives and removes objects, and says what went wrong without their names', async () => {
  await store.put('documents/a/0', Buffer.from('sealed'));
  expect((await store.get('documents/a/0')).toString()).toBe('sealed');
  await store.remove('documents/a/0');
  await store.remove('documents/a/0');
  await expect(store.get('documents/a/0')).rejects.toThrow('the object store answered 404 to GET');
  const foreign = objectStore({
    url: 'http://127.0.0.1:1/none',
    ...account,
  });
  await expect(foreign.get('documents/a/0')).rejects.toThrow('the object store cannot be reached');
});

it('holds the encrypted pieces of a document, and nothing of a file stands in the database', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const content = png(1_500_000);
  const { id, uploadLink } = await announce(clientId, content.length);
  expect((await put(uploadLink.path, content)).status).toBe(204);
  const objectId = await objectOf(id);
  const sealed = await store.get(nameOf(objectId, 1));
  expect(sealed.includes(content.subarray(-1_000))).toBe(false);
  expect(await treatment.db.query('select 1 from document_piece where document_id = $1', [id])).toEqual([]);

  const query = `{ document(id: "${id}") { downloadLink { path } } }`;
  const found = await treatment.get<{ document: { downloadLink: { path: string } } }>(maria, query);
  const download = () => fetch(`${origin}${found.document.downloadLink.path}`);
  expect(Buffer.from(await (await download()).arrayBuffer()).equals(content)).toBe(true);

  await store.remove(nameOf(objectId, 0));
  const refused = await download();
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { errors: [{ extensions: { code: 'UNAVAILABLE' } }] },
  ]);
});

it('keeps no pieces of an upload that did not count', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const content = png(1_000);
  const { id, uploadLink } = await announce(clientId, content.length);
  const before = (await kept()).length;
  const answers = await Promise.all([put(uploadLink.path, content), put(uploadLink.path, content)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  const timers = `from graphile_worker.jobs where task_identifier = 'treatment.document-objects'`;
  await treatment.db.query(
    `select graphile_worker.reschedule_jobs(array(select id ${timers}), run_at => now() - interval '1 second')`,
  );
  await eventually(async () => expect(await treatment.db.query(`select 1 ${timers}`)).toEqual([]));
  expect(await kept()).toHaveLength(before + 1);
  const objectId = await objectOf(id);
  expect((await kept()).filter((name) => name.includes(objectId))).toHaveLength(1);
});
