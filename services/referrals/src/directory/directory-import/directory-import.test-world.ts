import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@throughline/testing';
import { createDataSource, migrate } from '../../database.ts';
import type { RowProblem } from '../hsds/hsds.ts';
import { findProblems } from './counting.ts';
import { applyImport, planImport, type ImportRequest } from './directory-import.commands.ts';
import type { DirectoryImport } from './directory-import.ts';

export type Files = Record<string, string | Buffer>;

/** Lines as spreadsheet programs write them. */
export const lines = (...rows: string[]): string => rows.map((row) => `${row}\r\n`).join('');

/** A small package with one row of most kinds; 11 rows. */
export const small: Files = {
  'organizations.csv': lines('id,name,description', '1,Harbor House ,"Beds, meals"'),
  'locations.csv': lines('id,organization_id,name,latitude,longitude', '1,1,Main,25.7,-80.2'),
  'services.csv': lines('id,organization_id,name,status', '1,1,Night shelter,'),
  'services_at_location.csv': lines('id,service_id,location_id', '1,1,1'),
  'physical_addresses.csv': lines(
    'id,location_id,address_1,city,state_province,postal_code',
    '1,1,1 Main St,Miami,FL ,33128',
  ),
  'regular_schedules.csv': lines(
    'id,service_id,weekday,opens_at,closes_at',
    ',1,Monday,8:00am,5:00pm',
    ',1,Tuesday,8:00am,5:00pm',
  ),
  'languages.csv': lines('id,service_id,language', '1,1,English', '1,1,Spanish'),
  'taxonomy.csv': lines('id,name', 'BH-1800,Homeless Shelter'),
  'services_taxonomy.csv': lines('id,service_id,taxonomy_id', '1,1,BH-1800'),
};

/** A database of its own, and packages that are imported into it. */
export async function importWorld() {
  const database = await testDatabase('referrals', { migrate });
  const db = await createDataSource(database.appUrl).initialize();
  const request: ImportRequest = { db, by: 'test', now: () => new Date() };
  const folders: string[] = [];
  let sources = 0;

  const aSource = (): string => `source ${++sources}`;
  const aPackage = async (files: Files): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'directory-'));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return folder;
  };
  const imported = async (files: Files, source = aSource()): Promise<DirectoryImport> => {
    const planned = await planImport(request, { folder: await aPackage(files), source });
    return applyImport(request, planned.id);
  };
  return {
    db,
    request,
    aSource,
    aPackage,
    imported,
    problemsOf: ({ id }: DirectoryImport): Promise<RowProblem[]> =>
      findProblems(db.manager, id, { first: 1_000, after: 0 }),
    /** Rows of a table that came from the source. */
    rowsOf: <Row>(columns: string, table: string, source: string): Promise<Row[]> =>
      db.query(`select ${columns} from ${table} where source = $1 order by id`, [source]),
    close: async () => {
      await db.destroy();
      await database.drop();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

export type ImportWorld = Awaited<ReturnType<typeof importWorld>>;
