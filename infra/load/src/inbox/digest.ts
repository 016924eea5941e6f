import { createDataSource, migrate } from '@throughline/notifications';
import pg from 'pg';
import { writeDigests } from '../../../../services/notifications/src/digest/digest/write-digests.ts';
import type { Bench } from '../bench.ts';

const timeZone = 'America/New_York';
/** 08:30 in New York, on a day without a change of the clocks. */
const morning = new Date('2036-03-03T13:30:00Z');

const PEOPLE = `
  insert into staff (id, supervisor_id, roles, time_zone, active)
  select md5('s' || n)::uuid, null, array['CASE_MANAGER'], $1, true from generate_series(1, $2::int) n`;
const LINES = `
  insert into notification (id, code, recipient_id, subject_type, subject_id, client_id, fact_id, step, created_at, deliver_at)
  select gen_random_uuid(), (array['CASE_ASSIGNED', 'CONTACT_OVERDUE', 'CASE_ROLE_ASSIGNED'])[1 + line % 3],
    md5('s' || n)::uuid, 'CaseFile', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 0, $1, $1
  from generate_series(1, $2::int) n, generate_series(1, $3::int) line`;

export interface DigestRun {
  tookMs: number;
  linesPerSecond: number;
  written: number;
  beforeMb: number;
  mostMb: number;
}

/** The job of one quarter of an hour in which everybody's digest is due. */
export async function measureDigest(
  bench: Bench,
  { people, lines }: { people: number; lines: number },
): Promise<DigestRun> {
  const { ownerUrl, appUrl } = await bench.database('notifications');
  await migrate(ownerUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(PEOPLE, [timeZone, people]);
  await owner.query(LINES, [new Date(morning.getTime() - 12 * 3_600_000), people, lines]);
  await owner.query('analyze');
  const db = await createDataSource(appUrl, 4).initialize();
  const memory = watchMemory();
  const started = performance.now();
  await writeDigests({ now: () => morning, timeZone, channels: new Set() })({}, { dataSource: db });
  const tookMs = performance.now() - started;
  const { rowCount } = await owner.query('select 1 from digest');
  await db.destroy();
  await owner.end();
  const linesPerSecond = (people * lines * 1000) / tookMs;
  return { tookMs, linesPerSecond, written: rowCount ?? 0, ...memory() };
}

function watchMemory(): () => { beforeMb: number; mostMb: number } {
  const mb = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024);
  const beforeMb = mb();
  let mostMb = beforeMb;
  const timer = setInterval(() => (mostMb = Math.max(mostMb, mb())), 50);
  return () => {
    clearInterval(timer);
    return { beforeMb, mostMb: Math.max(mostMb, mb()) };
  };
}
