import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '@throughline/privacy';
import { EntitySchema, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { CodeList, listOn, readCodes, type CodeListHead } from './code-list.ts';

/** A list that an operator loaded. */
export interface LoadedCodeList extends CodeListHead {
  content: Uint8Array;
  loadedAt: Date;
}

export const LoadedCodeListEntity = new EntitySchema<LoadedCodeList>({
  name: 'LoadedCodeList',
  tableName: 'loaded_code_list',
  columns: {
    year: { type: 'integer', primary: true },
    release: { type: 'text', primary: true },
    validFrom: { type: 'date', name: 'valid_from' },
    codeCount: { type: 'integer', name: 'code_count' },
    source: { type: 'text' },
    licence: { type: 'text' },
    content: { type: 'bytea', select: false },
    loadedAt: { type: 'timestamptz', name: 'loaded_at' },
  },
});

const folder = join(import.meta.dirname, 'lists');
const headShape = z.strictObject({
  ...{ year: z.int(), release: z.string(), validFrom: z.iso.date(), codeCount: z.int() },
  ...{ source: z.string().min(1), licence: z.string().min(1) },
});

/** Lists that come with the system; a faulty file stops the start. */
const shippedLists: readonly CodeListHead[] = globSync('*.json', { cwd: folder })
  .sort()
  .map((file) => headShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));

/** Every list of this installation, without the codes. */
export async function findLists(db: EntityManager): Promise<CodeListHead[]> {
  return [...shippedLists, ...(await db.find(LoadedCodeListEntity))];
}

/** A list is loaded once and never changes, so its codes are read once a process. */
const shipped = new Map<string, CodeList>();
const loaded = new WeakMap<object, Map<string, CodeList>>();

/** The list that counts on a day, with its codes. */
export async function findListOn(db: EntityManager, day: Day): Promise<CodeList | null> {
  const head = listOn(await findLists(db), day);
  return head ? readList(db, head) : null;
}

/** Whether a code stands in another list of this installation; its years. Source: infra/reference/domain.md 7.3. */
export async function yearsWith(db: EntityManager, code: string): Promise<number[]> {
  const lists = await Promise.all((await findLists(db)).map((head) => readList(db, head)));
  return [...new Set(lists.filter((list) => list.find(code)?.isUsable).map(({ head }) => head.year))].sort();
}

async function readList(db: EntityManager, head: CodeListHead): Promise<CodeList> {
  const key = `${String(head.year)} ${head.release}`;
  const isShipped = shippedLists.some((one) => one.year === head.year && one.release === head.release);
  const cache = isShipped ? shipped : cacheOf(db);
  const known = cache.get(key);
  if (known) return known;
  const list = new CodeList(head, readCodes(isShipped ? readShipped(head) : await readLoaded(db, head)));
  cache.set(key, list);
  return list;
}

function cacheOf({ dataSource }: EntityManager): Map<string, CodeList> {
  const lists = loaded.get(dataSource) ?? new Map<string, CodeList>();
  loaded.set(dataSource, lists);
  return lists;
}

function readShipped({ release }: CodeListHead): Uint8Array {
  return readFileSync(join(folder, `icd-10-cm-${release}.tsv.gz`));
}

async function readLoaded(db: EntityManager, { year, release }: CodeListHead): Promise<Uint8Array> {
  const row = await db.findOneOrFail(LoadedCodeListEntity, {
    where: { year, release },
    select: { year: true, release: true, content: true },
  });
  return row.content;
}
