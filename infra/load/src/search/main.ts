import { createContext } from '../../../../services/clients/src/context.ts';
import { createSchema } from '../../../../services/clients/src/schema.ts';
import { createDataSource, migrate } from '@throughline/clients';
import { ensureDatabase, ensureRoles, findPostgres } from '@throughline/postgres';
import { silentLogger } from '@throughline/runtime';
import type { Role, Viewer } from '@throughline/graphql';
import { graphql } from 'graphql';
import { statementsOf } from '@throughline/testing';
import { print, quantile } from '../bench.ts';
import { fill, staff } from './fill.ts';
import { inventPeople, type Invented } from './invented-people.ts';

/** Search and registration among 10,000, 100,000 and a million invented clients; sizes may be given as arguments. */
const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const all = sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000];
const seed = 14;
const times = 60;

const log = (line: string): unknown => process.stderr.write(`${line}\n`);
const postgres = await findPostgres({ log, fsync: true });
const passwords = { owner: 'owner', app: 'app' };
await ensureRoles(postgres.url, 'clients', passwords);
const { ownerUrl, appUrl } = await ensureDatabase(
  postgres.url,
  'clients',
  `bench_search_${String(Date.now())}`,
  passwords,
);
await migrate(ownerUrl);
const server = new URL(postgres.url);
server.pathname = new URL(appUrl).pathname;
const db = await createDataSource(appUrl, 4).initialize();
const config = {
  ...{ INQUIRY_RETENTION_DAYS: 90, PROGRAM_ID: staff.manager, PROGRAM_NAME: 'Bench', PROGRAM_IS_PART2: true },
  ...{ PROGRAM_CAN_BE_NEUTRAL: true, PROGRAM_TIME_ZONE: 'America/New_York' },
};
const schema = createSchema(silentLogger);

const viewer = (id: string, role: Role): Viewer => ({ id, roles: [role], agencyId: null, graph: 'STAFF' });
const viewers = {
  'case manager': viewer(staff.manager, 'CASE_MANAGER'),
  intake: viewer(staff.intake, 'INTAKE_WORKER'),
  supervisor: viewer(staff.supervisor, 'SUPERVISOR'),
};

/** Ways of searching, each made from an invented person. */
const ways: Record<string, (person: Invented) => string> = {
  'both names': ({ legalName }) => legalName,
  'turned, with a comma': ({ legalName }) => legalName.split(' ').toReversed().join(', '),
  'one slip': ({ legalName }) => `${legalName.slice(0, 1)}${legalName.slice(2)}`,
  'one word': ({ legalName }) => legalName.split(' ')[0] ?? '',
  'a part': ({ legalName }) => legalName.split(' ').at(-1)?.slice(0, 3) ?? '',
  'name and year': ({ legalName, dateOfBirth }) => `${legalName} ${dateOfBirth?.slice(0, 4) ?? ''}`,
  'day of birth': ({ dateOfBirth }) => dateOfBirth ?? '',
  telephone: ({ contactPoints }) => contactPoints[0]?.value.replace(/^\+1(\d{3})(\d{3})/, '($1) $2-') ?? '',
  'case number': ({ caseNumber }) => caseNumber,
};

const SEARCH = `query ($search: String!) { clients(search: $search) {
  edges { matchedOn node { id caseNumber name { legal nameToUse } dateOfBirth } }
  others { edges { node { name { legal } birthYear worker { id } matchedOn } } } } }`;
const REGISTER = `mutation ($input: RegisterClientInput!) { registerClient(input: $input) { __typename } }`;

async function ask(who: Viewer, source: string, variableValues: object): Promise<number> {
  const contextValue = createContext({ db, config, now: () => new Date() }, who, 'bench');
  const started = performance.now();
  const { errors } = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  const took = performance.now() - started;
  if (errors) throw errors[0] ?? new Error('refused');
  return took;
}

async function measureSearch(size: number): Promise<void> {
  for (const [way, textOf] of Object.entries(ways)) {
    const asked = inventPeople(seed);
    const people = Array.from({ length: times * 7 }, (_, n) => asked(n + 1)).filter(({ n }) => n % 7 === 0);
    for (const [name, who] of Object.entries(viewers)) {
      for (const person of people.slice(0, 5)) await ask(who, SEARCH, { search: textOf(person) });
      const took: number[] = [];
      for (const person of people) took.push(await ask(who, SEARCH, { search: textOf(person) }));
      const statements = await statementsOf(db, async () => {
        for (const person of people.slice(0, 1)) await ask(who, SEARCH, { search: textOf(person) });
      });
      const figures = [quantile(took), quantile(took, 0.95)].map((ms) => ms.toFixed(1)).join(' / ');
      print([[`${String(size)} | ${way} | ${name}`, `${figures} | ${String(statements.length)}`]]);
    }
  }
}

async function measureRegistration(size: number): Promise<void> {
  const invented = inventPeople(seed + size);
  const took: number[] = [];
  for (let n = 1; n <= 200; n += 1) {
    const { legalName, dateOfBirth } = invented(n);
    const contactPoints = [{ kind: 'PHONE', value: `+1786${String(2_000_000 + size + n).padStart(7, '0')}` }];
    took.push(await ask(viewers.intake, REGISTER, { input: { legalName, dateOfBirth, contactPoints } }));
  }
  const figures = [quantile(took), quantile(took, 0.95)].map((ms) => ms.toFixed(1)).join(' / ');
  print([[`${String(size)} | register | intake`, `${figures} |`]]);
}

let filled = 0;
const invent = inventPeople(seed);
for (const size of all) {
  const started = performance.now();
  await fill(server.href, invent, [filled + 1, size]);
  filled = size;
  log(`${String(size)} clients after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  await measureSearch(size);
  await measureRegistration(size);
}
await db.destroy();
await postgres.stop();
