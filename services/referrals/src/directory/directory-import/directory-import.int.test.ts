import type { RowProblem } from '../hsds/hsds.ts';
import {
  applyImport,
  CannotImport,
  planImport,
  resumeImport,
  type ImportRequest,
} from './directory-import.commands.ts';
import { importWorld, lines, small, type Files, type ImportWorld } from './directory-import.test-world.ts';
import { sumOf } from './directory-import.ts';
import { writeDirectoryRows } from './writing.ts';

let world: ImportWorld;
let { db, request, aSource, aPackage, imported, problemsOf } = {} as ImportWorld;
beforeAll(async () => {
  world = await importWorld();
  ({ db, request, aSource, aPackage, imported, problemsOf } = world);
});
afterAll(() => world.close());

const count = async (table: string, source: string): Promise<number> =>
  (await world.rowsOf('id', table, source)).length;

describe('importing a directory', () => {
  it('writes nothing while it is only planned', async () => {
    const source = aSource();
    const planned = await planImport(request, { folder: await aPackage(small), source });
    expect(planned.state).toBe('PLANNED');
    expect(sumOf(planned.report!.files)).toMatchObject({ rows: 11, created: 11, refused: 0 });
    expect(await count('agency', source)).toBe(0);
  });

  it('brings agencies, services, places, hours and needs, without the blanks around them', async () => {
    const source = aSource();
    await imported(small, source);
    const rows: unknown[] = await db.query(
      `select a.name, s.need_categories, s.status, d.state_province,
         (select count(*)::int from schedule h where h.service_id = s.id) as hours
       from service s join agency a on a.id = s.agency_id join service_at_location x on x.service_id = s.id
       join address d on d.location_id = x.location_id where s.source = $1`,
      [source],
    );
    expect(rows).toEqual([
      {
        name: 'Harbor House',
        need_categories: ['HOMELESSNESS'],
        status: 'ACTIVE',
        state_province: 'FL',
        hours: 2,
      },
    ]);
  });

  it('changes nothing the second time, and only what changed the third time', async () => {
    const source = aSource();
    await imported(small, source);
    const second = await imported(small, source);
    expect(sumOf(second.report!.files)).toMatchObject({ created: 0, updated: 0, unchanged: 11 });
    expect(second.report).toMatchObject({ removed: 0, derived: 0 });

    const changed = { ...small, 'organizations.csv': lines('id,name', '1,Harbor House II') };
    const third = await imported(changed, source);
    expect(sumOf(third.report!.files)).toMatchObject({ created: 0, updated: 1, unchanged: 10 });
  });

  it('takes back hours that the publisher took back, and leaves what a person decided', async () => {
    const source = aSource();
    await imported(small, source);
    await db.query(`update agency set agency_type = 'SHELTER', name = 'Ours' where source = $1`, [source]);
    const fewer = {
      ...small,
      'regular_schedules.csv': lines('id,service_id,weekday,opens_at,closes_at', ',1,Monday,9am,5pm'),
    };
    const { report } = await imported(fewer, source);
    expect(report).toMatchObject({ removed: 2 });
    expect(await count('schedule', source)).toBe(1);
    const agencies: unknown[] = await db.query(`select agency_type, name from agency where source = $1`, [
      source,
    ]);
    expect(agencies).toEqual([{ agency_type: 'SHELTER', name: 'Ours' }]);
  });

  it('leaves to another source what belongs to it', async () => {
    const id = '9f0c0f0e-6a5e-4b58-9d0a-7f1f4d8f2c11';
    const files = { 'organizations.csv': lines('id,name', `${id},First`) };
    await imported(files);
    const second = await imported({ 'organizations.csv': lines('id,name', `${id},Second`, '2,Own') });
    expect(await problemsOf(second)).toMatchObject([{ code: 'OTHER_SOURCE', severity: 'REFUSED', line: 2 }]);
  });

  it('says of a folder without a directory what is missing', async () => {
    const folder = await aPackage({ 'readme.txt': 'hello' });
    await expect(planImport(request, { folder, source: 'x' })).rejects.toThrow(CannotImport);
    await expect(planImport(request, { folder: '/nowhere', source: 'x' })).rejects.toThrow('no such folder');
  });
});

describe('a row with a problem', () => {
  const organizations = (...rows: string[]): Files => ({
    'organizations.csv': lines('id,name,description', ...rows),
  });

  it.each<[string, Files, Partial<RowProblem>, number]>([
    [
      'no id',
      organizations(',Nameless id,', '2,Good,'),
      { line: 2, code: 'MISSING_ID', severity: 'REFUSED' },
      1,
    ],
    ['no name', organizations('1, ,', '2,Good,'), { line: 2, field: 'name', code: 'MISSING_FIELD' }, 1],
    ['the id of another row', organizations('1,One,', '1,Other,'), { line: 3, code: 'DUPLICATE_ID' }, 1],
    [
      'all of another row',
      organizations('1,One,', '1,One,'),
      { line: 3, code: 'DUPLICATE_ROW', severity: 'SKIPPED' },
      1,
    ],
    [
      'too many columns',
      organizations('1,One,a,b', '2,Good,'),
      { line: 2, code: 'COLUMN_COUNT', severity: 'REFUSED' },
      1,
    ],
    ['too few columns', organizations('1,One'), { line: 2, code: 'COLUMN_COUNT', severity: 'WARNING' }, 1],
    [
      'a quote that is not closed',
      organizations('1,"One,x', '2,Two,"y"', '3,Three,'),
      { line: 2, code: 'MALFORMED_QUOTES', severity: 'WARNING' },
      3,
    ],
    [
      'a quote never closed to the end',
      organizations('1,One,"x', '2,Two,y', '3,Three,'),
      { line: 2, code: 'MALFORMED_QUOTES' },
      3,
    ],
    [
      'a name of 10 000 letters',
      organizations(`1,${'n'.repeat(10_000)},`, '2,Good,'),
      { line: 2, code: 'FIELD_TOO_LONG' },
      1,
    ],
    [
      'a text of 1 MB',
      organizations(`1,One,${'t'.repeat(1_000_000)}`, '2,Good,'),
      { line: 2, field: 'description', code: 'FIELD_TOO_LONG' },
      1,
    ],
    [
      'bytes that are not UTF-8',
      { 'organizations.csv': Buffer.from('id,name\n1,Caf\xe9\n2,Good\n', 'latin1') },
      { line: 2, code: 'BAD_BYTES', severity: 'WARNING' },
      2,
    ],
  ])('is told by line when it has %s, and costs no other row', async (_case, files, problem, agencies) => {
    const source = aSource();
    const done = await imported(files, source);
    expect(await problemsOf(done)).toEqual([
      expect.objectContaining({ file: 'organizations.csv', ...problem }),
    ]);
    expect(await count('agency', source)).toBe(agencies);
    const sum = sumOf(done.report!.files);
    expect(sum.created + sum.skipped + sum.refused).toBe(sum.rows);
  });

  it.each<[string, string, string, Partial<RowProblem>]>([
    [
      'a free-text time',
      'regular_schedules.csv',
      'id,service_id,weekday,opens_at,closes_at\n,1,Monday,by appointment,5pm\n',
      { field: 'opens_at', code: 'FREE_TEXT', severity: 'WARNING' },
    ],
    [
      'an unknown column',
      'services_at_location.csv',
      'id,service_id,location_id,colour\n1,1,1,blue\n',
      { line: 1, field: 'colour', code: 'UNKNOWN_COLUMN' },
    ],
    [
      'a service that is not there',
      'languages.csv',
      'id,service_id,language\n1,77,English\n',
      { field: 'service_id', code: 'ORPHAN', severity: 'REFUSED' },
    ],
    [
      'an agency that is not there',
      'locations.csv',
      'id,organization_id,name\n1,99,Main\n',
      { field: 'organization_id', code: 'ORPHAN', severity: 'WARNING' },
    ],
    [
      'a latitude of 100 degrees',
      'locations.csv',
      'id,organization_id,name,latitude,longitude\n1,1,Main,100,20\n',
      { field: 'latitude', code: 'BAD_VALUE', severity: 'WARNING' },
    ],
    [
      'nothing but its owner',
      'accessibility_for_disabilities.csv',
      'id,location_id,accessibility\n1,1,\n',
      { code: 'EMPTY_ROW', severity: 'SKIPPED' },
    ],
    [
      'names of persons',
      'contacts.csv',
      'id,name\n1,A Person\n',
      { line: 0, code: 'FILE_NOT_KEPT', severity: 'SKIPPED' },
    ],
    [
      'a JSON list that breaks off',
      'cost_options.json',
      '[{"id":"1","service_id":"1","option":"free"},{"id":',
      { line: 0, code: 'MALFORMED_JSON', severity: 'REFUSED' },
    ],
  ])('is told when a file has %s', async (_case, file, content, problem) => {
    const done = await imported({ ...small, [file]: content });
    expect(await problemsOf(done)).toContainEqual(expect.objectContaining({ file, ...problem }));
  });

  it('reads files with a byte order mark, in UTF-8 and in UTF-16', async () => {
    const source = aSource();
    const text = lines('id,name', '1,Caf\u00e9 \u{1f3e0}');
    await imported({ 'organizations.csv': `\ufeff${text}` }, source);
    const again = await imported({ 'organizations.csv': Buffer.from(`\ufeff${text}`, 'utf16le') }, source);
    expect(sumOf(again.report!.files)).toMatchObject({ unchanged: 1, warnings: 0 });
  });
});

describe('an import that breaks off', () => {
  it('goes on with what was read, and ends as if nothing had happened', async () => {
    const source = aSource();
    const folder = await aPackage(small);
    let id = '';
    const breaking: ImportRequest = {
      ...request,
      progress: ({ file, done }) => {
        if (file === 'services.csv' && done) throw new Error('the machine stops');
      },
    };
    await expect(planImport(breaking, { folder, source })).rejects.toThrow('the machine stops');
    const [broken]: { id: string; state: string; files: { name: string }[] }[] = await db.query(
      `select id, state, files from directory_import where source = $1`,
      [source],
    );
    id = broken!.id;
    expect(broken).toMatchObject({ state: 'STAGING' });
    expect(broken!.files.map(({ name }) => name)).toContain('organizations.csv');
    expect(broken!.files.map(({ name }) => name)).not.toContain('services.csv');
    await expect(applyImport(request, id)).rejects.toThrow(CannotImport);

    const read: string[] = [];
    await resumeImport({ ...request, progress: ({ file }) => read.push(file) }, id);
    expect(read).not.toContain('organizations.csv');
    const applied = await applyImport(request, id);
    expect(sumOf(applied.report!.files)).toMatchObject({ rows: 11, created: 11 });
    expect(await applyImport(request, id)).toMatchObject({ state: 'APPLIED', report: applied.report });
  });
});

describe('rows written in bulk', () => {
  it('are written once, also when somebody asks again', async () => {
    const row = {
      id: '8f0c0f0e-6a5e-4b58-9d0a-7f1f4d8f2c12',
      data: { name: 'Invented' },
      initial: { agency_type: 'FOOD' },
    };
    for (let time = 0; time < 2; time++) {
      await db.transaction((tx) => writeDirectoryRows(tx, 'invented', 'agency', [row]));
    }
    const rows: unknown[] = await db.query(
      `select name, agency_type, version from agency where source = 'invented'`,
    );
    expect(rows).toEqual([{ name: 'Invented', agency_type: 'FOOD', version: 1 }]);
  });
});
