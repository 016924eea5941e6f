import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { entities, filesNotKept } from './hsds-entity.ts';
import type { RowProblem } from './hsds.ts';
import { readCsv, type Portion } from './read-csv.ts';
import { readJson } from './read-json.ts';

/** A file of a package that will be read. */
export interface PackageFile {
  name: string;
  path: string;
  entity: string;
  format: 'CSV' | 'JSON';
}

export interface Package {
  files: PackageFile[];
  /** One line for each file that will not be read. */
  problems: RowProblem[];
}

/** The files of a folder, in the order of what refers to what. */
export async function findPackage(folder: string): Promise<Package> {
  const found: Package = { files: [], problems: [] };
  const names = await readdir(folder, { withFileTypes: true });
  for (const { name } of names.filter((entry) => entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [, base = '', ending] = /^(.+)\.(csv|json)$/i.exec(name) ?? [];
    if (!ending || base.toLowerCase() === 'datapackage') continue;

    const format = ending.toLowerCase() === 'csv' ? 'CSV' : 'JSON';
    const entity = entityOf(base.toLowerCase(), format);
    if (entity) found.files.push({ name, path: join(folder, name), entity, format });
    else found.problems.push(notRead(name, base.toLowerCase()));
  }
  const order = entities.map(({ name }) => name);
  found.files.sort((a, b) => order.indexOf(a.entity) - order.indexOf(b.entity));
  return found;
}

/** The rows of one file, in portions. Throws UnreadableFile when its structure is broken. */
export function readFileRows({ path, name, entity, format }: PackageFile): AsyncGenerator<Portion> {
  return format === 'CSV' ? readCsv(path, name, entity) : readJson(path, entity);
}

function entityOf(base: string, format: 'CSV' | 'JSON'): string | undefined {
  const plain = base.replace(/_(full|list)$/, '');
  // In HSDS 3 the taxonomy itself is a file of its own; in 1.x taxonomy.csv holds the terms.
  if (format === 'JSON' && plain === 'taxonomy') return undefined;
  return entities.find(({ files }) => files.includes(plain))?.name;
}

function notRead(file: string, base: string): RowProblem {
  const reason = base === 'taxonomy' ? filesNotKept.taxonomies : filesNotKept[base];
  return {
    file,
    line: 0,
    field: null,
    severity: 'SKIPPED',
    code: reason ? 'FILE_NOT_KEPT' : 'UNKNOWN_FILE',
    message: reason ? `The file is not read: ${reason}.` : 'The file is not one of HSDS and is not read.',
  };
}
