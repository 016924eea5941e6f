import { applyImport, CannotImport, planImport } from './directory-import.commands.ts';
import { groupProblems } from './counting.ts';
import { importWorld, lines, small, type Files, type ImportWorld } from './directory-import.test-world.ts';
import { sumOf } from './directory-import.ts';

let world: ImportWorld;
beforeAll(async () => {
  world = await importWorld();
});
afterAll(() => world.close());

const withFiles = (files: Files): Files => ({ ...small, ...files });
const only = (name: string): Files => ({ 'organizations.csv': `id,name\n1,${name}\n` });

describe('opening hours', () => {
  const schedules = (...rows: string[]): Files => withFiles({ 'regular_schedules.csv': lines(...rows) });

  it('with an offset or in UTC are local times with their zone, never wrong local times', async () => {
    const source = world.aSource();
    const done = await world.imported(
      schedules(
        'id,service_id,byday,opens_at,closes_at,timezone',
        'a,1,MO,13:00Z,21:00Z,-5',
        'b,1,TU,09:00-05:00,17:00-05:00,',
        'c,1,WE,09:00+01:00,17:00+01:00,',
        'd,1,TH,09:00,17:00,America/Los_Angeles',
        'e,1,FR,13:00Z,21:00Z,America/New_York',
      ),
      source,
    );
    const columns = `byday, opens_at::text as opens, closes_at::text as closes, time_zone as zone, original_text as text`;
    const rows = await world.rowsOf<{ byday: string }>(columns, 'schedule', source);
    const days = ['MO', 'TU', 'WE', 'TH', 'FR'];
    expect(rows.sort((a, b) => days.indexOf(a.byday) - days.indexOf(b.byday))).toEqual([
      { byday: 'MO', opens: '08:00:00', closes: '16:00:00', zone: '-05:00', text: null },
      { byday: 'TU', opens: '09:00:00', closes: '17:00:00', zone: '-05:00', text: null },
      { byday: 'WE', opens: '09:00:00', closes: '17:00:00', zone: '+01:00', text: null },
      { byday: 'TH', opens: '09:00:00', closes: '17:00:00', zone: 'America/Los_Angeles', text: null },
      {
        byday: 'FR',
        opens: null,
        closes: null,
        zone: null,
        text: 'opens_at: 13:00Z; closes_at: 21:00Z; time_zone: America/New_York',
      },
    ]);
    expect(await world.problemsOf(done)).toEqual([
      expect.objectContaining({ line: 6, field: 'opens_at', severity: 'WARNING', code: 'FREE_TEXT' }),
    ]);
  });

  it('that differ only by a weekday that cannot be read are different hours, kept as text', async () => {
    const source = world.aSource();
    const done = await world.imported(
      schedules(
        'id,service_id,weekday,opens_at,closes_at',
        '1,1,Mon-Fri,09:00,17:00',
        '2,1,M,09:00,17:00',
        '3,1,0,09:00,17:00',
      ),
      source,
    );
    const rows = await world.rowsOf<{ byday: string | null; text: string | null }>(
      'byday, original_text as text',
      'schedule',
      source,
    );
    expect(rows.map(({ byday, text }) => byday ?? text).sort()).toEqual([
      'MO,TU,WE,TH,FR',
      'weekday: 0',
      'weekday: M',
    ]);
    expect((await world.problemsOf(done)).map(({ line, code }) => [line, code])).toEqual([
      [3, 'FREE_TEXT'],
      [4, 'FREE_TEXT'],
    ]);
  });
});

describe('a file', () => {
  it.each([
    ['CR line ends', 'id,name,description\r1,Harbor,desc\r'],
    ['semicolons', 'id;name;description\n1;Harbor;"desc; more"\n'],
    ['tabs', 'id\tname\tdescription\n1\tHarbor\tdesc\n'],
    ['its delimiter in a line of its own', 'sep=;\r\nid;name\r\n1;Harbor\r\n'],
  ])('with %s is read', async (_case, text) => {
    const source = world.aSource();
    const done = await world.imported({ 'organizations.csv': text }, source);
    expect(await world.rowsOf('name', 'agency', source)).toEqual([{ name: 'Harbor' }]);
    expect(await world.problemsOf(done)).toEqual([]);
  });

  it('without a column of HSDS is refused with one message, and an import without a row is not applied', async () => {
    const folder = await world.aPackage({
      'organizations.csv': 'Name of agency~Town\nHarbor~Miami\nBay~Miami\n',
    });
    const planned = await planImport(world.request, { folder, source: world.aSource() });
    expect(await world.problemsOf(planned)).toEqual([
      expect.objectContaining({ line: 0, severity: 'REFUSED', code: 'UNKNOWN_HEADER' }),
    ]);
    await expect(applyImport(world.request, planned.id)).rejects.toThrow(CannotImport);
  });
});

describe('a position', () => {
  const locations = (...rows: string[]): Files =>
    withFiles({
      'locations.csv': lines('id,organization_id,name,latitude,longitude', '1,1,Main,25.7,-80.2', ...rows),
    });

  it.each([
    ['at 0 and 0', ['2,1,Ocean,0,0']],
    ['with latitude and longitude swapped', ['2,1,Swapped,-80.19,25.77']],
    [
      'that is swapped as the other places show',
      ['2,1,A,48.8,2.3', '3,1,B,48.9,2.4', '4,1,C,48.7,2.2', '5,1,S,2.35,48.85'],
    ],
  ])('%s is left empty with a warning', async (_case, rows) => {
    const source = world.aSource();
    const done = await world.imported(locations(...rows), source);
    expect(await world.problemsOf(done)).toEqual([
      expect.objectContaining({ line: rows.length + 2, severity: 'WARNING', code: 'BAD_POSITION' }),
    ]);
    const places = await world.rowsOf<{ latitude: number | null }>('latitude, longitude', 'location', source);
    expect(places.filter(({ latitude }) => latitude === null)).toEqual([{ latitude: null, longitude: null }]);
    const again = await world.imported(locations(...rows), source);
    expect(sumOf(again.report!.files)).toMatchObject({ created: 0, updated: 0 });
  });
});

describe('a package', () => {
  it('keeps the addresses of organizations', async () => {
    const source = world.aSource();
    const address = lines('id,organization_id,address_1,city', 'a,1,1 Harbor Way,Miami');
    const done = await world.imported(withFiles({ 'addresses.csv': address }), source);
    expect(await world.problemsOf(done)).toEqual([]);
    const rows: unknown[] = await world.db.query(
      `select address_1 from address d join agency a on a.id = d.agency_id where d.source = $1`,
      [source],
    );
    expect(rows).toEqual([{ address_1: '1 Harbor Way' }]);
  });

  it('keeps the urls, units and capacities of HSDS 3.1, and counts the free places', async () => {
    const source = world.aSource();
    const reported = new Date(Date.now() - 3_600_000).toISOString();
    const files = withFiles({
      'organizations.csv': lines('id,name,additional_websites', '1,Harbor,"w1, https://harbor.example/b"'),
      'urls.csv': lines('id,label,url', 'w1,Facebook,https://social.example/harbor'),
      'units.csv': lines('id,name', 'u1,Bed'),
      'service_capacities.csv': lines(
        'id,service_id,unit_id,available,maximum,updated',
        `c1,1,u1,5,20,${reported}`,
      ),
    });
    const done = await world.imported(files, source);
    expect(await world.problemsOf(done)).toEqual([]);
    const [row]: unknown[] = await world.db.query(
      `select l.label, s.capacity_code as code, s.capacity_available as free, s.capacity_unit as unit
       from service s join web_link l on l.agency_id = s.agency_id where s.source = $1`,
      [source],
    );
    expect(row).toEqual({ label: 'Facebook', code: 'CAPACITY', free: 5, unit: 'Bed' });
  });

  it('never replaces a figure of free places that was told later', async () => {
    const source = world.aSource();
    const files = withFiles({
      'service_capacities.csv': lines('id,service_id,available,updated', 'c1,1,5,2026-01-01T00:00:00Z'),
    });
    await world.imported(files, source);
    await world.db.query(
      `update service set capacity_code = 'WAITLIST', capacity_updated_at = now() where source = $1`,
      [source],
    );
    await world.imported(files, source);
    expect(await world.rowsOf('capacity_code', 'service', source)).toEqual([{ capacity_code: 'WAITLIST' }]);
  });

  it.each([
    ['clear texts become codes', ['Medicaid', 'Private Insurance', 'Cash'], ['MEDICAID', 'PRIVATE'], 0],
    ['one unclear text makes the list unknown', ['Medicaid', 'Most insurance'], [], 1],
  ])('tells the insurance that is taken: %s', async (_case, payments, codes, warnings) => {
    const source = world.aSource();
    const rows = payments.map((payment, index) => `${index},1,${payment}`);
    const done = await world.imported(
      withFiles({ 'payments_accepted.csv': lines('id,service_id,payment', ...rows) }),
      source,
    );
    expect(await world.rowsOf('insurance_accepted as codes', 'service', source)).toEqual([{ codes }]);
    const unclear = (await world.problemsOf(done)).filter(({ code }) => code === 'UNCLEAR_CODE');
    expect(unclear).toHaveLength(warnings);
  });

  it('has empty eligibility rows skipped, ages that contradict each other left empty', async () => {
    const done = await world.imported(
      withFiles({
        'eligibility.csv': lines('id,service_id,eligibility', '1,1,'),
        'services.csv': lines('id,organization_id,name,minimum_age,maximum_age', '1,1,Beds,65,18'),
      }),
    );
    expect(await world.problemsOf(done)).toMatchObject([
      { file: 'eligibility.csv', severity: 'SKIPPED', code: 'EMPTY_ROW' },
      { file: 'services.csv', severity: 'WARNING', code: 'BAD_VALUE', field: 'minimum_age' },
    ]);
  });

  it('removes hours of a place that their publisher took back', async () => {
    const source = world.aSource();
    const hours = (...days: string[]): Files =>
      withFiles({
        'services_at_location.csv': lines('id,service_id,location_id', 'x,1,1'),
        'regular_schedules.csv': lines(
          'id,service_at_location_id,weekday,opens_at,closes_at',
          ...days.map((day) => `,x,${day},9am,5pm`),
        ),
      });
    await world.imported(hours('Monday', 'Tuesday'), source);
    const { report } = await world.imported(hours('Monday'), source);
    expect(report).toMatchObject({ removed: 1 });
  });
});

describe('the report', () => {
  it('groups problems by file and reason, refused rows first, with three examples each', async () => {
    const services = [2, 3, 4, 5].map((id) => `${id},77,Lost`);
    const done = await world.imported({
      ...only('Harbor'),
      'services.csv': lines('id,organization_id,name', '1,1,Beds', ...services),
      'languages.csv': lines('id,service_id,language', '1,1,Klingon'),
    });
    const groups = await groupProblems(world.db.manager, done.id);
    expect(groups).toMatchObject([
      {
        file: 'services.csv',
        severity: 'REFUSED',
        code: 'ORPHAN',
        field: 'organization_id',
        count: 4,
        examples: [{ line: 3 }, { line: 4 }, { line: 5 }],
      },
      { file: 'languages.csv', severity: 'WARNING', code: 'FREE_TEXT', count: 1, examples: [{ line: 2 }] },
    ]);
    const order = (await world.problemsOf(done)).map(({ severity }) => severity);
    expect(order).toEqual(['REFUSED', 'REFUSED', 'REFUSED', 'REFUSED', 'WARNING']);
  });
});
