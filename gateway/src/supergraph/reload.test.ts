import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { configOver } from '../../equivalence/config-over.ts';
import { startIssuer, type Issuer } from '../../equivalence/issuer.ts';
import { startSyntheticSubgraphs, type SyntheticSubgraphs } from '../../equivalence/synthetic-subgraphs.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';
import { composedSupergraph } from './composed.ts';

const always = 'query Always($id: ID!) { client(id: $id) { id caseNumber } }';
const later = '{ client(id: "1") { id alerts { code } } }';

let folder: string;
let file: string;
let whole: string;
let issuer: Issuer;
let services: SyntheticSubgraphs;
let gateway: RunningGateway;
let token: string;
const logged: string[] = [];

/** The file is never half written: another file is written and then renamed. */
async function put(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  file = join(folder, 'supergraph.graphql');
  whole = composedSupergraph('staff');
  await put(whole.replace('\n  alerts:', '\n  alertsOfBefore:'));
  issuer = await startIssuer();
  token = await issuer.tokenFor('staff');
  services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
  gateway = await startGateway(
    configOver(services, issuer, {
      SUPERGRAPH_FILE: file,
      SUPERGRAPH_WATCH_MS: 50,
      SUBGRAPH_TIMEOUT_MS: 30_000,
    }),
    {
      logger: createLogger({
        service: 'gateway',
        destination: { write: (line: string) => void logged.push(line) },
      }),
    },
  );
});
afterAll(async () => {
  await gateway.close();
  await services.close();
  await issuer.close();
  await rm(folder, { recursive: true });
});

async function ask(
  query: string,
  variables = {},
): Promise<{ status: number; errors?: unknown; data?: object }> {
  const response = await fetch(gateway.staffUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const heard = (message: string): number => logged.filter((line) => line.includes(message)).length;

/** Several callers ask without a pause: before, during and after an event. */
async function underLoad(happens: () => Promise<unknown>): Promise<void> {
  const faults: unknown[] = [];
  let asked = 0;
  let over = false;
  const caller = async (): Promise<void> => {
    while (!over) {
      const answer = await ask(always, { id: String((asked += 1) % 50) }).catch((error: unknown) => ({
        status: error,
      }));
      if (answer.status !== 200 || 'errors' in answer) faults.push(answer);
    }
  };
  const callers = [caller(), caller(), caller(), caller()];
  const some = (until: number) => eventually(() => expect(asked).toBeGreaterThan(until));
  try {
    await some(10);
    await happens();
    await some(asked + 10);
  } finally {
    over = true;
    await Promise.all(callers);
  }
  expect(faults).toEqual([]);
}

describe('a new supergraph', () => {
  it('is served as soon as its file is there, and no request is dropped', async () => {
    expect(await ask(later)).toMatchObject({ status: 400 });
    await underLoad(async () => {
      await put(whole);
      await eventually(async () => expect(await ask(later)).toMatchObject({ status: 200 }));
    });
    // It answers at once; the line comes when the plans of the listed operations are ready, too.
    await eventually(() => expect(heard('a new supergraph is served')).toBe(1));
  });

  it.each([
    ['is broken', () => whole.slice(0, whole.length / 2)],
    ['is empty', () => ''],
    [
      'has a field without a rule',
      () => whole.replace('me: StaffMember @access(roles: ["STAFF"])', 'me: StaffMember'),
    ],
    [
      'has a type without the fields of its interface',
      () =>
        `${whole}\ntype Nobody implements Problem @public(reason: "x") @join__type(graph: CLIENTS)
          @join__implements(graph: CLIENTS, interface: "Problem") { name: String }\n`,
    ],
    ['has a service that nobody knows', () => whole.replace('name: "treatment"', 'name: "elsewhere"')],
  ])('that %s is refused with a line in the log, and the one before is served on', async (_fault, text) => {
    const before = heard('the new supergraph is refused');
    await underLoad(async () => {
      await put(text());
      await eventually(() => expect(heard('the new supergraph is refused')).toBeGreaterThan(before));
    });
    expect(await ask(later)).toMatchObject({ status: 200 });
  });

  it('is also taken when asked for, and one that is the same changes nothing', async () => {
    await put(whole);
    await gateway.reload();
    expect(heard('a new supergraph is served')).toBe(1);
    expect(await ask(later)).toMatchObject({ status: 200 });
  });
});
