import { randomUUID } from 'node:crypto';
import { createContext } from '../../../../services/treatment/src/context.ts';
import { definitionOf } from '../../../../services/treatment/src/measure/catalogue/catalogue.ts';
import { MeasureReader } from '../../../../services/treatment/src/measure/figure/measure-reader.ts';
import { createSchema } from '../../../../services/treatment/src/schema.ts';
import { CounselingVault } from '../../../../services/treatment/src/work/counseling-note/counseling-vault.ts';
import { createDataSource, migrate } from '@throughline/treatment';
import { ensureDatabase, ensureRoles, findPostgres } from '@throughline/postgres';
import { silentLogger, usualTimeouts } from '@throughline/runtime';
import type { Viewer } from '@throughline/graphql';
import { graphql } from 'graphql';
import pg from 'pg';
import { print, quantile } from '../bench.ts';

/** Commands of the treatment service with and without a heavy figure that is counted at the same time, in turns. */
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);
const commands = 200;
const timeZone = 'America/New_York';
const files = { keys: [], mostBytes: 0, store: null };
const period = { from: '2025-01-01', to: '2026-12-31' };

const log = (line: string): unknown => process.stderr.write(`${line}\n`);
const postgres = await findPostgres({ log, fsync: true });
const passwords = { owner: 'owner', app: 'app', apart: { counseling: 'counseling' } };
await ensureRoles(postgres.url, 'treatment', passwords);
const name = `bench_measures_${String(Date.now())}`;
const { ownerUrl, appUrl } = await ensureDatabase(postgres.url, 'treatment', name, passwords);
await migrate(ownerUrl);

const maria: Viewer = { id: randomUUID(), roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const db = await createDataSource(appUrl, 10).initialize();
const measures = new MeasureReader({
  url: appUrl,
  poolSize: 2,
  timeouts: { ...usualTimeouts, statementMs: 60_000 },
});
/** Nobody asks it. */
const vault = new CounselingVault(new pg.Pool({ connectionString: appUrl }), []);
const schema = createSchema(silentLogger);
const now = () => new Date();

/** Rows of 100,000 clients, spread over two years, and who works with the clients of the commands. */
async function fill(): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(
    `insert into measure_client select md5('c' || n)::uuid, 'AGE_18_64', (array['en', 'es', 'vi'])[1 + n % 3],
       array['HOMELESS', 'MENTAL_HEALTH', 'VETERAN'], 'FEMALE', array['WHITE'], null from generate_series(1, 100000) n`,
  );
  await client.query(
    `insert into measure_case (measure, spec, key, owner_id, client_id, staff_id, team_id, program, subject_type, subject_id,
       starts_on, counts_from, met, value)
     select 'CRISIS_ACKNOWLEDGEMENT', 'ALIGNED', n::text, md5('c' || n % 100000)::uuid, md5('c' || n % 100000)::uuid,
       md5('s' || n % 300)::uuid, md5('t' || n % 30)::uuid, 'P' || n % 10, 'CrisisAlert', md5('k' || n)::uuid,
       date '2025-01-01' + n % 690, date '2025-01-01' + n % 690, n % 3 = 0, n % 90 from generate_series(1, $1::int) n`,
    [rows],
  );
  const clients = Array.from({ length: commands * rounds * 2 + commands }, () => randomUUID());
  await client.query(
    `insert into care (client_id, case_id, case_open, case_manager_id, queued)
     select id, gen_random_uuid(), true, $2, false from unnest($1::uuid[]) id`,
    [clients, maria.id],
  );
  await client.query('analyze');
  await client.end();
  return clients;
}

const OPEN = `mutation ($input: OpenCarePlanInput!) { openCarePlan(input: $input) { __typename ... on Problem { message } } }`;

async function command(clientId: string): Promise<number> {
  const contextValue = createContext({ db, now, timeZone, vault, measures, files }, maria, 'bench');
  const started = performance.now();
  const { data, errors } = await graphql({
    schema,
    source: OPEN,
    contextValue,
    variableValues: { input: { clientId } },
  });
  const took = performance.now() - started;
  const answer = (data?.openCarePlan ?? {}) as { __typename?: string };
  if (errors || answer.__typename !== 'CarePlan') throw errors?.[0] ?? new Error(JSON.stringify(answer));
  return took;
}

async function run(clients: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  for (const clientId of clients) took.push(await command(clientId));
  return took;
}

/** Counts the heaviest figure again and again until it is told to stop; answers how often, and how long each took. */
function heavy(): { stop: () => Promise<number[]> } {
  const state = { isOver: false };
  const took: number[] = [];
  const definition = definitionOf('CRISIS_ACKNOWLEDGEMENT');
  const question = {
    definition,
    spec: 'ALIGNED',
    period,
    by: 'POPULATION',
    staffId: null,
    today: '2026-12-31',
  } as const;
  const counting = (async () => {
    while (!state.isOver) {
      const started = performance.now();
      await measures.counts(question);
      took.push(performance.now() - started);
    }
  })();
  return {
    stop: async () => {
      state.isOver = true;
      await counting;
      return took;
    },
  };
}

const clients = await fill();
const next = (): string[] => clients.splice(0, commands);
await run(next());
const [alone, during, figures]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  alone.push(...(await run(next())));
  const figure = heavy();
  during.push(...(await run(next())));
  figures.push(...(await figure.stop()));
}
const ms = (took: readonly number[], part: number): string => quantile([...took], part).toFixed(1);
const ratio = quantile(during, 0.95) / quantile(alone, 0.95);
print([
  ['commands alone, p50 / p95 ms', `${ms(alone, 0.5)} / ${ms(alone, 0.95)}`],
  ['commands while a figure is counted, p50 / p95 ms', `${ms(during, 0.5)} / ${ms(during, 0.95)}`],
  ['ratio of p95', ratio.toFixed(2)],
  [`a figure over ${String(rows)} rows, p50 ms (${String(figures.length)} counted)`, ms(figures, 0.5)],
]);
await measures.close();
await db.destroy();
await postgres.stop();
