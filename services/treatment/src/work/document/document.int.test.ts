import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { caseManagerAssigned } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
let origin: string;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
/** Later than the clock of the database, or the timers would run at once. */
const now = new Date('2036-11-24T12:00:00Z');

beforeAll(async () => {
  treatment = await testTreatment({ now, settings: { DOCUMENT_MAX_BYTES: 2_000_000 } });
  origin = new URL(treatment.service.url).origin;
});
afterAll(() => treatment.close());

/** A PDF, as far as its first bytes say. */
const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes - 9)]);

interface Answer extends Record<string, unknown> {
  __typename: string;
  id: string;
  version: number;
  uploadLink: { path: string } | null;
}
const FIELDS = 'id version labels sha256 allowedCommands uploadLink { path } downloadLink { path }';
async function run(viewer: Viewer, mutation: string, input: object): Promise<Answer> {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const query = `mutation ($input: ${name}Input!) { r: ${mutation}(input: $input) { __typename
    ... on ClientDocument { ${FIELDS} } ... on Problem { message ... on InvalidInput { issues { path code } } } } }`;
  const { data, errors } = await treatment.ask<{ r: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.r;
}
const add = (clientId: string, content: Buffer, more: object = {}) =>
  run(maria, 'addDocument', {
    ...{ clientId, class: 'SUD_RECORD', title: 'Summary', media: 'PDF', bytes: content.length, ...more },
  });
const put = (path: string, body: Buffer) =>
  fetch(`${origin}${path}`, { method: 'PUT', body: new Uint8Array(body) });
async function read(viewer: Viewer, id: string) {
  const query = `{ document(id: "${id}") { id sha256 storedAt downloadLink { path } uploadLink { path } } }`;
  const { document } = await treatment.get<{
    document: { sha256: string; downloadLink: { path: string } | null } | null;
  }>(viewer, query);
  return document;
}
async function accessesOf(viewer: Viewer, id: string, args = '') {
  const query = `{ document(id: "${id}") { access { field allowed reason }
    accesses${args} { edges { node { by { id } at } } pageInfo { hasNextPage endCursor } } } }`;
  const { document } = await treatment.get<{
    document: {
      access: { field: string; allowed: boolean; reason: string }[];
      accesses: { edges: { node: { by: { id: string } } }[]; pageInfo: { endCursor: string } } | null;
    } | null;
  }>(viewer, query);
  return document;
}
async function listOf(viewer: Viewer, c: string, args = ''): Promise<string[] | null> {
  const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
    ... on Client { documents${args} { edges { node { id } } } } } }`;
  const data = await treatment.get<{
    _entities: [{ documents: { edges: { node: { id: string } }[] } | null }];
  }>(viewer, query, { c });
  return data._entities[0].documents?.edges.map(({ node }) => node.id) ?? null;
}

it('goes in once, encrypted in pieces, and comes out as it was; each download is written down', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const content = pdf(1_500_000);
  const { id, uploadLink, labels } = await add(clientId, content);
  expect(labels).toEqual(['SUD']);
  const path = uploadLink?.path ?? '';
  const statuses = await Promise.all([put(path, content), put(path, content)]);
  expect(statuses.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect((await put(path, content)).status).toBe(409);

  const found = await read(sam, id);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(found).toMatchObject({ sha256, uploadLink: null });
  const downloadPath = found?.downloadLink?.path ?? '';
  const answer = await fetch(`${origin}${downloadPath}`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' },
    'content-disposition': `attachment; filename="${id}.pdf"`,
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  expect(await accessesOf(maria, id)).toMatchObject({
    accesses: { edges: [{ node: { by: { id: sam.id } } }] },
  });
  expect(await accessesOf(staff('CASE_MANAGER'), id)).toBeNull();
  const [piece] = await treatment.db.query<[{ pieces: string; plain: boolean }]>(
    `select count(*) as pieces, bool_or(position('%PDF'::bytea in sealed) > 0) as plain from document_piece
     where document_id = $1`,
    [id],
  );
  expect(piece).toEqual({ pieces: '2', plain: false });
  expect(await treatment.recorded(clientId)).toEqual(['DocumentAdded']);

  const withdraw = { id, expectedVersion: 2, reason: 'Of somebody else' };
  expect(await run(maria, 'withdrawDocument', { ...withdraw, expectedVersion: 1 })).toMatchObject({
    __typename: 'StaleVersion',
  });
  expect(await run(maria, 'withdrawDocument', withdraw)).toMatchObject({ version: 3, allowedCommands: [] });
  expect((await fetch(`${origin}${downloadPath}`)).status).toBe(410);
  expect(await run(maria, 'withdrawDocument', { ...withdraw, expectedVersion: 3 })).toMatchObject({
    __typename: 'InvalidTransition',
  });
});

it('tells who opened it, newest first, and not to a person who may not read what left', async () => {
  const ines = staff('INTAKE_WORKER');
  const clientId = await treatment.assign(maria.id, sam.id);
  await treatment.db.query('update care set registered_by = $2 where client_id = $1', [clientId, ines.id]);
  const content = pdf(1_000);
  const { id, uploadLink } = await add(clientId, content, { class: 'INSURANCE' });
  await put(uploadLink?.path ?? '', content);
  for (const viewer of [maria, sam]) {
    treatment.clock.now = new Date((treatment.clock.now ?? now).getTime() + 60_000);
    const link = (await read(viewer, id))?.downloadLink?.path ?? '';
    expect((await fetch(`${origin}${link}`)).status).toBe(200);
  }
  const start = await accessesOf(maria, id, '(first: 1)');
  expect(start?.accesses).toMatchObject({ edges: [{ node: { by: { id: sam.id } } }] });
  expect(start?.access).toEqual([{ field: 'accesses', allowed: true, reason: 'OK' }]);
  const rest = await accessesOf(maria, id, `(after: "${start?.accesses?.pageInfo.endCursor ?? ''}")`);
  expect(rest?.accesses?.edges).toMatchObject([{ node: { by: { id: maria.id } } }]);
  treatment.clock.now = now;
  expect(await accessesOf(ines, id)).toEqual({
    accesses: null,
    access: [{ field: 'accesses', allowed: false, reason: 'ROLE_FORBIDDEN' }],
  });
});

it('is refused when it is not what was announced, and then can be sent again', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  expect(await add(clientId, pdf(2_000_001), { labels: ['SUD_NOTE'] })).toMatchObject({
    issues: [
      { path: 'labels.0', code: 'NOT_ALLOWED' },
      { path: 'bytes', code: 'OUT_OF_RANGE' },
    ],
  });
  const content = pdf(1_000);
  const { id, uploadLink } = await add(clientId, content);
  const path = uploadLink?.path ?? '';
  expect((await put(path, content.subarray(1))).status).toBe(400);
  expect((await put(path, Buffer.concat([content, Buffer.from('x')]))).status).toBe(400);
  const refused = await put(path, Buffer.from('<script>'.padEnd(1_000)));
  expect([refused.status, await refused.json()]).toMatchObject([
    415,
    { errors: [{ extensions: { code: 'WRONG_TYPE' } }] },
  ]);
  await breakOff(path, content.subarray(0, 500));
  expect((await fetch(`${origin}${path}`)).status).toBe(404);
  expect((await put(path, content)).status).toBe(204);
  expect((await read(maria, id))?.downloadLink).not.toBeNull();
});

/** Sends a part of the content and hangs up. */
function breakOff(path: string, part: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sending = httpRequest(`${origin}${path}`, {
    method: 'PUT',
    headers: { 'content-length': part.length * 2 },
  });
  sending.on('error', () => undefined).on('close', resolve);
  sending.write(part, () => sending.destroy());
  return promise;
}

it('is forgotten when its content does not come within a day', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const [never, came] = [await add(clientId, pdf(1_000)), await add(clientId, pdf(1_000))];
  expect((await put(came.uploadLink?.path ?? '', pdf(1_000))).status).toBe(204);
  for (const { id } of [never, came])
    await treatment.db.query(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1),
         run_at => now() - interval '1 second')`,
      [`treatment.document-awaited:${id}`],
    );
  await eventually(async () => expect(await listOf(maria, clientId)).toEqual([came.id]));
  await expect(treatment.db.query('delete from client_document where id = $1', [came.id])).rejects.toThrow();
});

it('does not exist for a viewer who may not read its class', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const content = pdf(1_000);
  const clinical = await add(clientId, content);
  treatment.clock.now = new Date(now.getTime() + 1);
  const lease = await add(clientId, content, { class: 'HOUSING_PAPER' });
  treatment.clock.now = now;
  await put(clinical.uploadLink?.path ?? '', content);
  expect(await listOf(maria, clientId)).toEqual([lease.id, clinical.id]);
  expect(await listOf(maria, clientId, '(first: 1)')).toEqual([lease.id]);
  expect(await listOf(maria, clientId, '(classes: [SUD_RECORD])')).toEqual([clinical.id]);
  expect(await listOf(staff('PRIVACY_OFFICER'), clientId)).toEqual([]);
  const stranger = staff('CASE_MANAGER');
  expect(await listOf(stranger, clientId)).toBeNull();
  for (const id of [clinical.id, randomUUID()]) {
    expect(await read(stranger, id)).toBeNull();
    const input = { id, expectedVersion: 1, reason: 'x' };
    expect(await run(stranger, 'withdrawDocument', input)).toMatchObject({ __typename: 'NotFound' });
  }
});

it('has links that end after five minutes, with the care of the person, and when one letter changes', async () => {
  const clientId = await treatment.assign(maria.id, sam.id);
  const content = pdf(1_000);
  const { id, uploadLink } = await add(clientId, content);
  const late = await add(clientId, content);
  await put(uploadLink?.path ?? '', content);
  const path = (await read(maria, id))?.downloadLink?.path ?? '';
  const status = async (at = path, method = 'GET') => (await fetch(`${origin}${at}`, { method })).status;
  expect(await status()).toBe(200);
  for (const wrong of [`${path}x`, '/documents/none', path.replace('/documents/', '/documents/x')])
    expect(await status(wrong)).toBe(404);
  expect(await status(path, 'PUT')).toBe(404);
  treatment.clock.now = new Date(now.getTime() + 5 * 60_000 + 1);
  expect(await status()).toBe(404);
  treatment.clock.now = new Date(now.getTime() + 60_000);
  expect(await status()).toBe(200);
  const other = { clientId, caseId: randomUUID(), caseManagerId: randomUUID(), supervisorId: null };
  await treatment.tell('clients', caseManagerAssigned.of(clientId, treatment.clock.now, other));
  expect(await status()).toBe(404);
  expect((await put(late.uploadLink?.path ?? '', content)).status).toBe(404);
  treatment.clock.now = now;
});
