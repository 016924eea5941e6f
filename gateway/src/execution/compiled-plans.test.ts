import type { ServerResponse } from 'node:http';
import { bodyOf } from '../subgraph/a-service.ts';
import { startOverOneService, type OverOneService } from '../../equivalence/one-service.ts';

const query = 'query Page($id: ID!) { client(id: $id) { id caseNumber alerts { code title } } }';
const client = { __typename: 'Client', id: '7', caseNumber: 'C-7' };
const alert = { code: 'REFERRAL_EXPIRED', title: 'Look at it' };

/** Answers of two services: one has clients, the other has their alerts. */
let answers: { client: unknown; alerts: unknown };
let asked: string[] = [];
let one: OverOneService;

beforeAll(async () => {
  one = await startOverOneService(
    (request, response) => {
      void bodyOf(request).then((body) => {
        asked.push(body);
        answer(response, body.includes('_entities') ? answers.alerts : answers.client);
      });
    },
    { METRICS_PORT: 0 },
  );
  answers = good();
  await ask('7');
});
beforeEach(() => {
  answers = good();
  asked = [];
});
afterAll(async () => {
  await one.gateway.close();
  await one.close();
});

function good(): typeof answers {
  return {
    client: { data: { client } },
    alerts: { data: { _entities: [{ alerts: [alert] }] } },
  };
}

function answer(response: ServerResponse, value: unknown): void {
  if (value === 'hang up') response.destroy();
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function ask(
  id: unknown,
  text = query,
  more: Record<string, unknown> = {},
): Promise<{ data?: unknown; errors?: { message: string }[] }> {
  const response = await fetch(one.gateway.staffUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await one.issuer.tokenFor('staff')}`,
    },
    body: JSON.stringify({ query: text, variables: { id, ...more } }),
  });
  return (await response.json()) as { data?: unknown };
}

/** Which part gave the final answers since the gateway started. */
async function ran(by: 'compiled plan' | 'library'): Promise<number> {
  const text = await (await fetch(one.gateway.metricsUrl ?? '')).text();
  return Number(
    new RegExp(`^gateway_compiled_plans_total\\{.*by="${by}".*\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
  );
}

describe('a plan that was made before', () => {
  it('is run compiled, with one call to each service', async () => {
    const before = await ran('compiled plan');
    await expect(ask('7')).resolves.toEqual({
      data: { client: { id: '7', caseNumber: 'C-7', alerts: [alert] } },
    });
    expect(await ran('compiled plan')).toBe(before + 1);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Partial<typeof answers>, unknown, unknown]>([
    [
      'an error of a service',
      { alerts: { data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0] }] } },
      { client: { id: '7', caseNumber: 'C-7', alerts: null } },
      [expect.objectContaining({ path: ['client'] })],
    ],
    [
      'a service that hangs up',
      { alerts: 'hang up' },
      { client: { id: '7', caseNumber: 'C-7', alerts: null } },
      [expect.objectContaining({ message: expect.stringContaining('its part is missing') as unknown })],
    ],
    [
      'a value that its type forbids',
      { client: { data: { client: { ...client, caseNumber: ['x'] } } } },
      { client: null },
      undefined,
    ],
    [
      'a name that every object has',
      { alerts: JSON.parse('{"data":{"_entities":[{"alerts":[],"__proto__":{"alerts":null}}]}}') as unknown },
      { client: { id: '7', caseNumber: 'C-7', alerts: [] } },
      undefined,
    ],
  ])('leaves %s to the library, which asks nobody again', async (_what, given, data, errors) => {
    answers = { ...answers, ...given };
    const before = await ran('library');
    const told = await ask('7');
    expect([told.data, told.errors]).toEqual([data, errors]);
    expect([asked.length, await ran('library')]).toEqual([2, before + 1]);
  });

  it('leaves out what its conditions leave out, with one call less', async () => {
    const text =
      'query ($id: ID!, $with: Boolean! = false) { client(id: $id) { id alerts @include(if: $with) { code } } }';
    const half = { data: { client: { id: '7' } } };
    const whole = { data: { client: { id: '7', alerts: [{ code: alert.code }] } } };
    await ask('7', text);
    const before = await ran('compiled plan');
    const calls = async (given: Record<string, unknown>): Promise<[unknown, number]> => {
      asked = [];
      return [await ask('7', text, given), asked.length];
    };
    expect(await calls({})).toEqual([half, 1]);
    expect(await calls({ with: true })).toEqual([whole, 2]);
    expect(await calls({ with: false })).toEqual([half, 1]);
    expect(await ran('compiled plan')).toBe(before + 3);
  });

  it('asks nobody for the parts of an object that is not there', async () => {
    answers.client = { data: { client: null } };
    await expect(ask('7')).resolves.toEqual({ data: { client: null } });
    expect(asked).toHaveLength(1);
  });

  it('is not run with a variable that has a wrong value', async () => {
    const before = await ran('compiled plan');
    const { errors } = await ask({ no: 'id' });
    expect(errors?.[0]?.message).toMatch(/^Variable "\$id" got invalid value/);
    expect([asked.length, await ran('compiled plan')]).toEqual([0, before]);
  });
});
