import { randomUUID } from 'node:crypto';
import { PAST } from './find-candidates.ts';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signViewer, type Role, type Viewer } from '@throughline/graphql';
import { localTransport } from '@throughline/messaging';
import { newKeyPair, signingKeyOf, silentLogger } from '@throughline/runtime';
import type { RunningService } from '@throughline/service';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import { referralsConfig } from '../../config.ts';
import { migrate } from '../../database.ts';
import { startReferrals } from '../../service.ts';

const gateway = newKeyPair();
const key = signingKeyOf(gateway.privateKey);
let database: TestDatabase;
let root: string;
let running: RunningService;

beforeAll(async () => {
  database = await testDatabase('referrals', { migrate });
  root = await mkdtemp(join(tmpdir(), 'directories-'));
  const config = referralsConfig.parse({
    PORT: 0,
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: 'none',
    VIEWER_PUBLIC_KEYS: gateway.publicKey,
    RELEASE_BASIS_PRIVATE_KEY: newKeyPair().privateKey,
    DIRECTORY_IMPORT_ROOT: join(root, 'allowed'),
  });
  await mkdir(join(root, 'allowed/county'), { recursive: true });
  await writePackage(join(root, 'allowed/county'));
  await symlink('/etc', join(root, 'allowed/outside'));
  running = await startReferrals(config, { transport: localTransport(), logger: silentLogger });
});
afterAll(async () => {
  await running.close();
  await database.drop();
  await rm(root, { recursive: true });
});

async function writePackage(folder: string): Promise<void> {
  const files = {
    organizations: 'id,name\n1,Harbor House\n2,Bay Shelter\n',
    locations: 'id,organization_id,name,latitude,longitude\n1,1,Main,25.77,-80.19\n2,2,Bay,25.79,-80.13\n',
    services:
      'id,organization_id,name,minimum_age\n1,1,Night shelter,18\n2,2,Family shelter,\n3,2,Elders shelter,60\n',
    services_at_location: 'id,service_id,location_id\n1,1,1\n2,2,2\n3,3,2\n',
    physical_addresses: 'id,location_id,address_1,postal_code\n1,1,1 Main St,33128\n2,2,2 Bay Rd,33139\n',
    languages: 'id,service_id,language\n1,1,English\n1,1,Spanish\n2,2,English\n',
    taxonomy: 'id,name\nBH-1800,Homeless Shelter\n',
    services_taxonomy: 'id,service_id,taxonomy_id\n1,1,BH-1800\n2,2,BH-1800\n3,3,BH-1800\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.csv`), text);
}

const staff = (...roles: Role[]): Viewer => ({
  id: '5f0c0f0e-6a5e-4b58-9d0a-7f1f4d8f2c13',
  roles,
  agencyId: null,
  graph: 'STAFF',
});
const admin = staff('PROGRAM_ADMIN');
const caseManager = staff('CASE_MANAGER');
const partnerOf = (agencyId: string): Viewer => ({ ...staff('PARTNER_INTAKE'), agencyId, graph: 'PARTNER' });

interface Row {
  id: string;
  name: string;
  version: number;
}
interface Page {
  edges: { node: Row }[];
}
interface Outcome {
  __typename: string;
  id: string;
  files: { created: number }[];
  capacity: object;
}
interface Matches {
  matches: { service: Row; score: number; parts: { code: string; points: number }[] }[];
  excluded: { service: Row; reasons: { code: string }[] }[];
}
/** What the operations of these tests answer; each asks for a part of it. */
interface Data {
  agencies: Page;
  services: Page;
  importDirectory: Outcome;
  applyDirectoryImport: Outcome;
  describeAgency: Outcome;
  reportCapacity: Outcome;
  serviceMatches: Matches;
}
interface Answer {
  data: Data;
  errors?: { message: string; extensions: { code: string } }[];
}

async function ask(viewer: Viewer, query: string, variables: object = {}): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const token = signViewer(viewer, { subgraph: 'referrals', body }, key);
  const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
  return (await (await fetch(running.url, { method: 'POST', headers, body })).json()) as Answer;
}

const importing = `mutation ($folder: String!) { importDirectory(input: { folder: $folder, source: "county" }) {
  __typename ... on DirectoryImport { id state files { file rows created } problems(first: 5) { edges { node { code } } } }
  ... on InvalidInput { issues { path } } } }`;
const applying = `mutation ($id: ID!) { applyDirectoryImport(input: { id: $id }) {
  __typename ... on DirectoryImport { state files { created updated unchanged } } } }`;
const matching = `query ($input: MatchInput!) { serviceMatches(input: $input, first: 5) { considered truncated
  matches { service { name agency { name hasAgreement } } score parts { code points most } unknowns unmet distanceKm }
  excluded { service { name } reasons { code } } } }`;
const situation = { needCategory: 'HOMELESSNESS', ageYears: 34, language: 'es', postalCode: '33128' };

describe('a service directory through the graph', () => {
  it('is imported by a program administrator: planned first, then applied', async () => {
    const planned = (await ask(admin, importing, { folder: 'county' })).data.importDirectory;
    expect(planned).toMatchObject({
      __typename: 'DirectoryImport',
      state: 'PLANNED',
      problems: { edges: [] },
    });
    expect((await ask(admin, '{ services { edges { node { id } } } }')).data.services.edges).toEqual([]);

    const applied = (await ask(admin, applying, { id: planned.id })).data.applyDirectoryImport;
    expect(applied).toMatchObject({ state: 'APPLIED' });
    const again = (await ask(admin, importing, { folder: 'county' })).data.importDirectory;
    expect(again.files.every(({ created }) => created === 0)).toBe(true);
  });

  it.each(['/etc', '..', 'outside', 'nowhere', '../allowed-not'])('is not read from %s', async (folder) => {
    const { data } = await ask(admin, importing, { folder });
    expect(data.importDirectory).toEqual({ __typename: 'InvalidInput', issues: [{ path: 'folder' }] });
  });

  it('is imported by nobody else', async () => {
    const { errors } = await ask(caseManager, importing, { folder: 'county' });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is not shown to partners except through their own types', async () => {
    const agencyId = randomUUID();
    const agreements = JSON.stringify([{ type: 'MOU', from: '2020-01-01', to: null }]);
    await running.dataSource.query('insert into agency (id, name, agreements) values ($1, $2, $3)', [
      ...[agencyId, 'Its own agency', agreements],
    ]);
    const partner = partnerOf(agencyId);
    const { errors } = await ask(partner, '{ services { edges { node { id } } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask(partner, '{ agency(id: "1") { name } }')).data).toEqual({ agency: null });
  });

  it('counts the earlier referrals of a service in the index alone, however many there are', async () => {
    const plan = await running.dataSource.transaction(async (tx) => {
      // A small table is read whole whatever indexes it has.
      await tx.query('set local enable_seqscan = off');
      await tx.query('set local enable_bitmapscan = off');
      return tx.query<Record<string, string>[]>(
        `explain (costs off) select * from (values (gen_random_uuid())) s (id) cross join lateral (${PAST}) past`,
      );
    });
    expect(JSON.stringify(plan)).toContain('Index Only Scan using referral_service on referral');
  });

  it('answers nothing for an id that is none', async () => {
    const { data, errors } = await ask(
      caseManager,
      '{ agency(id: "x") { name } service(id: "1") { name } location(id: "") { name } }',
    );
    expect({ data, errors }).toEqual({
      data: { agency: null, service: null, location: null },
      errors: undefined,
    });
  });

  it('finds services by need, place and part of the name', async () => {
    const query = `{ services(filter: { needCategory: HOMELESSNESS, postalCode: "331", search: "NIGHT" }, first: 1) {
      edges { node { name languages { code } locations { addresses { postalCode } } capacity { code } terms { name } } }
      pageInfo { hasNextPage } } }`;
    const { data } = await ask(caseManager, query);
    expect(data.services.edges).toMatchObject([
      {
        node: { name: 'Night shelter', capacity: { code: 'UNKNOWN' }, terms: [{ name: 'Homeless Shelter' }] },
      },
    ]);
  });
});

describe('the match of a person with services', () => {
  it('leaves out services without an agreement, and says so', async () => {
    const { data } = await ask(caseManager, matching, { input: situation });
    expect(data.serviceMatches).toMatchObject({ considered: 3, truncated: false, matches: [] });
    const reasons = data.serviceMatches.excluded.map(({ reasons: list }) => list.map(({ code }) => code));
    expect(reasons).toEqual([['NO_AGREEMENT'], ['NO_AGREEMENT'], ['NO_AGREEMENT', 'AGE']]);
  });

  it('ranks them once an administrator has recorded the agreement', async () => {
    const { data: found } = await ask(admin, '{ agencies { edges { node { id version } } } }');
    for (const { node } of found.agencies.edges) {
      const input = {
        id: node.id,
        expectedVersion: node.version,
        agencyType: 'SHELTER',
        agreements: [{ type: 'MOU', from: '2020-01-01' }],
      };
      const { data } = await ask(
        admin,
        'mutation ($input: DescribeAgencyInput!) { describeAgency(input: $input) { __typename } }',
        { input },
      );
      expect(data.describeAgency.__typename).toBe('Agency');
    }
    const { data } = await ask(caseManager, matching, { input: situation });
    const [best, second] = data.serviceMatches.matches;
    expect(best).toMatchObject({
      service: { name: 'Night shelter', agency: { hasAgreement: true } },
      distanceKm: 0,
      unmet: [],
    });
    expect(second).toMatchObject({ service: { name: 'Family shelter' }, unmet: ['OWN_LANGUAGE'] });
    expect(best?.score).toBe(best?.parts.reduce((sum, { points }) => sum + points, 0));
    expect(data.serviceMatches.excluded).toMatchObject([
      { service: { name: 'Elders shelter' }, reasons: [{ code: 'AGE' }] },
    ]);
  });

  it('refuses a stale version, and an agreement that ends before it begins', async () => {
    const { data: found } = await ask(admin, '{ agencies(first: 1) { edges { node { id version } } } }');
    const { id, version } = found.agencies.edges[0]!.node;
    const describe = async (viewer: Viewer, input: object): Promise<string> =>
      (
        await ask(
          viewer,
          'mutation ($input: DescribeAgencyInput!) { describeAgency(input: $input) { __typename } }',
          {
            input: { id, expectedVersion: version, ...input },
          },
        )
      ).data.describeAgency.__typename;
    expect(await describe(admin, { expectedVersion: version - 1, status: 'ACTIVE' })).toBe('StaleVersion');
    expect(await describe(admin, { timeZone: 'Mars/Base' })).toBe('InvalidInput');
    expect(
      await describe(admin, { agreements: [{ type: 'MOU', from: '2026-02-01', to: '2026-01-01' }] }),
    ).toBe('InvalidInput');
    expect(await describe(admin, { id: 'x', status: 'ACTIVE' })).toBe('InvalidInput');
    expect(await describe(admin, { id: randomUUID(), status: 'ACTIVE' })).toBe('NotFound');
  });

  it('tells all faults of a description at once, and an empty one changes nothing', async () => {
    const { data: found } = await ask(admin, '{ agencies(first: 1) { edges { node { id version } } } }');
    const { id, version } = found.agencies.edges[0]!.node;
    const describing = `mutation ($input: DescribeAgencyInput!) { describeAgency(input: $input) {
      __typename ... on InvalidInput { issues { path code } } } }`;
    const faulty = {
      timeZone: 'Mars/Base',
      agreements: [{ type: 'MOU', from: '2026-02-01', to: '2026-01-01' }],
    };
    const { data } = await ask(admin, describing, { input: { id, expectedVersion: version, ...faulty } });
    expect(data.describeAgency).toEqual({
      __typename: 'InvalidInput',
      issues: [
        { path: 'timeZone', code: 'UNKNOWN_ZONE' },
        { path: 'agreements.0.to', code: 'BEFORE_START' },
      ],
    });
    const { data: empty } = await ask(admin, describing, { input: { id, expectedVersion: version } });
    expect(empty.describeAgency).toMatchObject({ issues: [{ path: 'input', code: 'NOTHING_TO_CHANGE' }] });
    const { data: after } = await ask(admin, '{ agencies(first: 1) { edges { node { version } } } }');
    expect(after.agencies.edges[0]?.node.version).toBe(version);
    const { errors } = await ask(caseManager, describing, {
      input: { id, expectedVersion: version, status: 'INACTIVE' },
    });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('refuses a situation that cannot be, with all its faults', async () => {
    const input = {
      ...situation,
      ageYears: -1,
      latitude: 999,
      longitude: 20,
      maximumDistanceKm: -5,
      insurance: 'Medicaid',
    };
    const { errors } = await ask(caseManager, matching, { input });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    for (const path of ['ageYears', 'latitude', 'maximumDistanceKm', 'insurance']) {
      expect(errors?.[0]?.message).toContain(`input.${path}`);
    }
    const half = await ask(caseManager, matching, { input: { ...situation, latitude: 20 } });
    expect(half.errors?.[0]?.message).toContain('Give both or none');
  });

  it('refuses room that contradicts itself, with all faults', async () => {
    const { data: found } = await ask(
      caseManager,
      '{ services(first: 1) { edges { node { id version } } } }',
    );
    const { id, version } = found.services.edges[0]!.node;
    const report = `mutation ($input: ReportCapacityInput!) { reportCapacity(input: $input) {
      __typename ... on InvalidInput { issues { path code } } } }`;
    const input = {
      serviceId: id,
      expectedVersion: version,
      code: 'UNKNOWN',
      available: 9,
      maximum: 5,
      expectedWaitDays: -1,
    };
    const { data } = await ask(caseManager, report, { input });
    expect(data.reportCapacity).toMatchObject({
      issues: [
        { path: 'expectedWaitDays', code: 'OUT_OF_RANGE' },
        { path: 'code', code: 'NOT_REPORTABLE' },
        { path: 'available', code: 'ABOVE_MAXIMUM' },
      ],
    });
    const full = { serviceId: id, expectedVersion: version, code: 'NO_CAPACITY', available: 1 };
    const { data: contradiction } = await ask(caseManager, report, { input: full });
    expect(contradiction.reportCapacity).toMatchObject({
      issues: [{ path: 'available', code: 'CONTRADICTION' }],
    });
  });

  it('counts room that a member of staff has just recorded', async () => {
    const { data: found } = await ask(
      caseManager,
      '{ services(filter: { search: "Family" }) { edges { node { id version } } } }',
    );
    const { id, version } = found.services.edges[0]!.node;
    const input = {
      serviceId: id,
      expectedVersion: version,
      code: 'CAPACITY',
      available: 4,
      unit: 'bed',
      expectedWaitDays: 0,
    };
    const report =
      'mutation ($input: ReportCapacityInput!) { reportCapacity(input: $input) { __typename ... on Service { capacity { code available stale } } } }';
    const { data } = await ask(caseManager, report, { input });
    expect(data.reportCapacity.capacity).toEqual({ code: 'CAPACITY', available: 4, stale: false });
    const { data: after } = await ask(caseManager, matching, { input: situation });
    const family = after.serviceMatches.matches.find(({ service }) => service.name === 'Family shelter');
    expect(family?.parts.find(({ code }) => code === 'CAPACITY')?.points).toBe(25);
  });
});
