import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One file of a package: the header, and what row `n` says (from 1). */
interface Table {
  name: string;
  rows: number;
  header: string;
  row: (n: number) => string;
}

const agencies = 1_000;
const places = 2_000;
const offered = 3_000;
const terms = ['Emergency Shelter', 'Medical Detoxification', 'Food Pantry', 'Dental Care', 'Legal Aid'];
const languages = ['English', 'Spanish', 'Haitian Creole', 'Vietnamese'];
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const of = (n: number, count: number): number => ((n * 7) % count) + 1;
const one = (from: readonly string[], n: number): string => from[n % from.length] ?? '';

export const tables: readonly Table[] = [
  {
    name: 'organizations',
    rows: agencies,
    header: 'id,name,description,email,url',
    row: (n) =>
      `${n},Agency number ${n},"Help of many kinds, for all",desk@a${n}.example,https://a${n}.example`,
  },
  {
    name: 'locations',
    rows: places,
    header: 'id,organization_id,name,latitude,longitude',
    row: (n) =>
      `${n},${of(n, agencies)},Place ${n},${(25 + (n % 97) / 100).toFixed(4)},${(-80 - (n % 89) / 100).toFixed(4)}`,
  },
  {
    name: 'services',
    rows: offered,
    header: 'id,organization_id,name,description,status,application_process',
    row: (n) =>
      `${n},${of(n, agencies)},${one(terms, n)} ${n},"Comes with advice, number ${n}",active,Call or walk in`,
  },
  {
    name: 'services_at_location',
    rows: offered,
    header: 'id,service_id,location_id',
    row: (n) => `${n},${n},${of(n, places)}`,
  },
  {
    name: 'physical_addresses',
    rows: places,
    header: 'id,location_id,address_1,city,state_province,postal_code,country',
    row: (n) => `${n},${n},${n} Main St,Miami,FL,33${String(n % 1000).padStart(3, '0')},US`,
  },
  {
    name: 'phones',
    rows: offered,
    header: 'id,service_id,number,type',
    row: (n) => `${n},${n},305-555-${String(n % 10_000).padStart(4, '0')},voice`,
  },
  {
    name: 'regular_schedules',
    rows: offered,
    header: 'id,service_id,weekday,opens_at,closes_at',
    row: (n) => `${n},${n},${one(days, n)},8:00am,5:00pm`,
  },
  {
    name: 'languages',
    rows: offered - terms.length,
    header: 'id,service_id,language',
    row: (n) => `${n},${n},${one(languages, n)}`,
  },
  { name: 'taxonomy', rows: terms.length, header: 'id,name', row: (n) => `T-${n},${one(terms, n)}` },
];

export const rowsOfPackage = tables.reduce((sum, { rows }) => sum + rows, 0);

/** Writes the package, the same one each time, where a PostgreSQL server on this machine can read and write too. */
export async function writePackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-load-'));
  await chmod(folder, 0o777);
  for (const { name, header, rows, row } of tables) {
    const lines = Array.from({ length: rows }, (_, n) => `${row(n + 1)}\r\n`);
    await writeFile(fileOf(folder, name), `${header}\r\n${lines.join('')}`, { mode: 0o644 });
  }
  return folder;
}

export function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.csv`);
}
