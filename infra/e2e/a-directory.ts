import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationAgencies } from '@throughline/sign-in';
import { eventually } from '@throughline/testing';
import pg from 'pg';
import type { StorySystem } from './story-system.ts';

const { shelter, detox } = demonstrationAgencies;

export const services = {
  nights: 'b1d4c0de-0000-4000-8000-000000000001',
  families: 'b1d4c0de-0000-4000-8000-000000000002',
  withdrawal: 'b1d4c0de-0000-4000-8000-000000000003',
} as const;

const organizations = [
  'id,name,description,email,url,tax_status',
  `${shelter.id},${shelter.name},Beds for the night,desk@northlight.example,,`,
  `${detox.id},${detox.name},Withdrawal management,desk@stillwater.example,,`,
];

const offered = [
  'id,organization_id,name,description,status,minimum_age,maximum_age',
  `${services.nights},${shelter.id},Emergency Shelter for Adults,Emergency shelter with beds,active,18,`,
  `${services.families},${shelter.id},Family Emergency Shelter,Emergency shelter for young people,active,0,17`,
  `${services.withdrawal},${detox.id},Medical Detoxification,Withdrawal management and detox,active,18,`,
];

const term = 'b1d4c0de-0000-4000-8000-00000000000a';
const terms = ['id,code,name,description', `${term},BH-180,Emergency Shelter,A bed for the night`];
const attributes = [
  'id,link_id,taxonomy_term_id,link_type,link_entity,value',
  `b1d4c0de-0000-4000-8000-0000000000b1,${services.nights},${term},category,service,`,
  `b1d4c0de-0000-4000-8000-0000000000b2,${services.families},${term},category,service,`,
];

const importer = join(import.meta.dirname, '..', '..', 'services', 'referrals', 'src', 'import.ts');

/** Imports a small HSDS package with the real command, as the app role, and waits until consents can name its agencies. */
export async function importDirectory({ referrals, clients }: Databases): Promise<void> {
  await runImport(referrals.appUrl);
  const db = new pg.Client({ connectionString: clients.appUrl });
  await db.connect();
  try {
    const known = () => db.query('select id from agency where id = any($1)', [[shelter.id, detox.id]]);
    const arrived = async (): Promise<void> => {
      if ((await known()).rowCount !== 2)
        throw new Error('The clients service does not know the agencies yet');
    };
    await eventually(arrived, { timeoutMs: 30_000 });
  } finally {
    await db.end();
  }
}

type Databases = Pick<StorySystem['databases'], 'referrals' | 'clients'>;

async function runImport(databaseUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-directory-'));
  await writeFile(join(folder, 'organizations.csv'), `${organizations.join('\n')}\n`);
  await writeFile(join(folder, 'services.csv'), `${offered.join('\n')}\n`);
  await writeFile(join(folder, 'taxonomy_terms.csv'), `${terms.join('\n')}\n`);
  await writeFile(join(folder, 'attributes.csv'), `${attributes.join('\n')}\n`);
  const exit = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [importer, folder, '--apply', '--quiet'], {
      env: { ...process.env, DATABASE_URL: databaseUrl, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  await rm(folder, { recursive: true });
  if (exit !== 0) throw new Error(`The import ended with ${String(exit)}`);
}
