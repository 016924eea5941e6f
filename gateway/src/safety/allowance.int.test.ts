import { silentLogger } from '@throughline/runtime';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import pg from 'pg';
import { configOver } from '../../equivalence/config-over.ts';
import { startIssuer, type Issuer } from '../../equivalence/issuer.ts';
import { startSyntheticSubgraphs, type SyntheticSubgraphs } from '../../equivalence/synthetic-subgraphs.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';
import { sharedAllowances, type Allowance, type Allowances } from './allowance.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('gateway', { migrate: () => Promise.resolve() });
});
afterAll(() => database.drop());

/** How many points a viewer gets until there are none. */
async function takeAll(allowance: Allowance, viewer: string): Promise<number> {
  let taken = 0;
  while ((await allowance.take(viewer, 1)) === null) taken += 1;
  return taken;
}

describe('the allowance of a viewer', () => {
  const opened: Allowances[] = [];
  const open = (url: string, retryMs?: number) => {
    const allowances = sharedAllowances(url, {
      logger: silentLogger,
      waitMs: 60_000,
      ...(retryMs && { retryMs }),
    });
    opened.push(allowances);
    return allowances;
  };
  afterAll(() => Promise.all(opened.map((one) => one.close())));

  it('is one for all gateways, also for those that start at the same moment', async () => {
    const gateways = [1, 2, 3].map(() => open(database.ownerUrl).of('staff', 30));
    const taken = await Promise.all(gateways.map((allowance) => takeAll(allowance, 'maria')));
    expect(taken.reduce((sum, count) => sum + count)).toBe(30);
  });

  it('is one also when many gateways make its table at once', async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (let round = 0; round < 20; round += 1) {
      await owner.query('drop table if exists gateway_rate_limit');
      const gateways = [1, 2, 3, 4, 5].map(() => open(database.ownerUrl));
      await Promise.all(gateways.map((gateway) => gateway.of('staff', 30).take('maria', 1)));
      expect(gateways.map((gateway) => gateway.health())).toEqual(Array(5).fill('ok'));
      await Promise.all(gateways.map((gateway) => gateway.close()));
      opened.length -= gateways.length;
    }
    await owner.end();
  });

  it('is not shared by the two graphs, nor by two people', async () => {
    const gateway = open(database.ownerUrl);
    await takeAll(gateway.of('staff', 3), 'ines');
    expect(await takeAll(gateway.of('partner', 3), 'ines')).toBe(3);
    expect(await takeAll(gateway.of('staff', 3), 'tomas')).toBe(3);
  });

  it('is counted by each gateway while the database is away, and health says so', async () => {
    const gateway = open('postgres://nobody:x@127.0.0.1:2/none');
    expect(await takeAll(gateway.of('staff', 4), 'maria')).toBe(4);
    expect(gateway.health()).toBe('the database does not answer; each gateway counts alone');
  });

  it('is shared again when the database is back', async () => {
    const gateway = open(database.ownerUrl, 20);
    const allowance = gateway.of('staff', 1_000);
    await allowance.take('ada', 1);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('drop table gateway_rate_limit');
    await owner.end();
    expect(await allowance.take('ada', 1)).toBeNull();
    expect(gateway.health()).not.toBe('ok');
    await eventually(async () => {
      await allowance.take('ada', 1);
      return gateway.health() === 'ok';
    });
  });
});

describe('two gateways', () => {
  let issuer: Issuer;
  let services: SyntheticSubgraphs;
  let gateways: RunningGateway[] = [];
  beforeAll(async () => {
    issuer = await startIssuer();
    services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
    const config = configOver(services, issuer, {
      COST_PER_MINUTE_STAFF: 10,
      RATE_LIMIT_DATABASE_URL: database.ownerUrl,
      RATE_LIMIT_DATABASE_WAIT_MS: 60_000,
    });
    gateways = await Promise.all([1, 2].map(() => startGateway(config, { logger: silentLogger })));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await services.close();
    await issuer.close();
  });

  it('hold one limit: what one answered is taken from what the other may answer', async () => {
    const token = await issuer.tokenFor('staff');
    const ask = ({ staffUrl }: RunningGateway) =>
      fetch(staffUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ client(id: "1") { id } }' }),
      }).then(({ status }) => status);
    const answers: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) for (const gateway of gateways) answers.push(await ask(gateway));
    const answered = answers.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThanOrEqual(10);
    expect(new Set(answers.slice(-2))).toEqual(new Set([429]));
  });
});
