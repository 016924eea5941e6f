import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateJobs } from '@throughline/messaging';
import { aViewer, startTestService } from '@throughline/service/testing';
import { eventually } from '@throughline/testing';
import { referralsConfig } from '../../config.ts';
import { createDataSource, migrate } from '../../database.ts';
import { writeDirectory } from '../../demonstration.ts';
import { TellAgencies1700000000013 } from '../../migrations/0013-tell-agencies.ts';
import { startReferrals } from '../../service.ts';
import { applyImport, planImport } from '../directory-import/directory-import.commands.ts';
import { lines } from '../directory-import/directory-import.test-world.ts';

/** More than one page of the job. */
const older = 501;

/** A database of the release before, with agencies, brought up to date. */
async function updateFilled(ownerUrl: string): Promise<void> {
  const dataSource = createDataSource(ownerUrl, 1);
  const before = (dataSource.options.migrations as object[]).filter(
    (migration) => migration !== TellAgencies1700000000013,
  );
  await dataSource.setOptions({ migrations: before as never }).initialize();
  await dataSource.runMigrations();
  await dataSource.query(
    `insert into agency (id, name) select gen_random_uuid(), 'Older' from generate_series(1, ${older})`,
  );
  await dataSource.destroy();
  await migrateJobs(ownerUrl);
  await migrate(ownerUrl);
}

let service: Awaited<ReturnType<typeof startTestService>>;
beforeAll(async () => {
  const referrals = { name: 'referrals' as const, config: referralsConfig, start: startReferrals };
  service = await startTestService({ ...referrals, migrate: updateFilled });
});
afterAll(() => service.close());

interface Told {
  agencyId: string;
  agencyType: string;
  hipaaStatus: string;
  active: boolean;
}

const told = async (ids: readonly string[]): Promise<Told[]> => {
  const rows: { payload: Told }[] = await service.db.query(
    `select payload, occurred_at from outbox where type = 'AgencyRecorded' and key = any($1)
     union all select payload, occurred_at from outbox_archive where type = 'AgencyRecorded' and key = any($1)
     order by occurred_at`,
    [ids],
  );
  return rows.map(({ payload }) => payload);
};
const idsOf = async (where: string): Promise<string[]> => {
  const rows: { id: string }[] = await service.db.query(`select id from agency where ${where}`);
  return rows.map(({ id }) => id);
};

describe('the agencies that other services know', () => {
  it('are, after an update, all that are here already', async () => {
    const ids = await idsOf(`name = 'Older'`);
    expect(ids).toHaveLength(older);
    await eventually(async () => expect(await told(ids)).toHaveLength(older));
    expect(new Set((await told(ids)).map(({ agencyId }) => agencyId))).toEqual(new Set(ids));
  });

  it('are those of an import, once', async () => {
    const request = { db: service.db, by: 'test', now: () => new Date() };
    const folder = await mkdtemp(join(tmpdir(), 'agencies-'));
    for (const description of ['Beds', 'Beds, meals']) {
      const rows = lines('id,name,description', `1,Harbor House,"${description}"`);
      await writeFile(join(folder, 'organizations.csv'), rows);
      const { id } = await planImport(request, { folder, source: 'county' });
      await applyImport(request, id);
    }
    await rm(folder, { recursive: true });
    const [id = ''] = await idsOf(`source = 'county' and description = 'Beds, meals'`);
    expect(await told([id])).toEqual([
      { agencyId: id, agencyType: 'OTHER', hipaaStatus: 'NON_HIPAA', active: true },
    ]);
  });

  it('are those of the demonstration, once', async () => {
    const row = { id: crypto.randomUUID(), data: { name: 'Invented' }, initial: { agency_type: 'FOOD' } };
    await writeDirectory(service.db, 'invented', [['agency', [row]]]);
    await writeDirectory(service.db, 'invented', [['agency', [row]]]);
    expect(await told([row.id])).toMatchObject([{ agencyType: 'FOOD' }]);
  });

  it('follow a description that changes what is told, and its end', async () => {
    const id = crypto.randomUUID();
    await service.db.query(`insert into agency (id, name) values ($1, 'Agency')`, [id]);
    const changes = [
      { agencyType: 'CLINIC', hipaaStatus: 'COVERED_ENTITY' },
      { timeZone: 'America/Chicago' },
      { agencyType: 'CLINIC' },
      { status: 'INACTIVE' },
    ];
    for (const change of changes) {
      const [row] = await service.db.query<{ version: number }[]>(
        'select version from agency where id = $1',
        [id],
      );
      const input = { id, expectedVersion: row?.version, ...change };
      const query = `mutation ($input: DescribeAgencyInput!) { describeAgency(input: $input) {
        __typename ... on Problem { message } } }`;
      const answer = await service.get(aViewer(['PROGRAM_ADMIN']), query, { input });
      expect(answer).toEqual({ describeAgency: { __typename: 'Agency' } });
    }
    const clinic = { agencyId: id, agencyType: 'CLINIC', hipaaStatus: 'COVERED_ENTITY' };
    expect(await told([id])).toEqual([
      { ...clinic, active: true },
      { ...clinic, active: false },
    ]);
  });
});
