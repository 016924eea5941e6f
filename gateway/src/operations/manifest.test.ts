import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const operation = { id: 'a1', name: 'Me', type: 'query', body: 'query Me { me { id } }' };
const whole = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] };

function fileWith(text: string): string {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, text);
  return file;
}

it('reads the operations of a manifest', () => {
  expect(readManifest(fileWith(JSON.stringify(whole)))).toEqual([operation]);
});

it.each<[string, string, RegExp]>([
  ['no JSON', '{', /is not JSON/],
  ['another format', JSON.stringify({ ...whole, format: 'mine' }), /no operation manifest \(format\)/],
  [
    'a wrong id',
    JSON.stringify({ ...whole, operations: [{ ...operation, id: 'a b' }] }),
    /\(operations\.0\.id\)/,
  ],
  ['no body', JSON.stringify({ ...whole, operations: [{ ...operation, body: '' }] }), /operations\.0\.body/],
  [
    'one id for two operations',
    JSON.stringify({ ...whole, operations: [operation, { ...operation, body: '{ me { name } }' }] }),
    /two operations with the id a1/,
  ],
])('says what is wrong with %s', (_case, text, sentence) => {
  expect(() => readManifest(fileWith(text))).toThrow(sentence);
});
