import { randomUUID } from 'node:crypto';
import { clientUpdated, type Cause } from '@throughline/events';
import { announce, on } from '@throughline/messaging';
import { eventually } from '@throughline/testing';
import { aViewer, backboneService, statementsOf, type Answer, type BackboneService } from './a-backbone.ts';

const engineer = aViewer('PLATFORM_ENGINEER');
const cause: Cause = { actor: { kind: 'STAFF', id: 'maria' }, correlationId: 'request-1' };
const secret = 'Rosalind Ferro';
const heard: string[] = [];
const broken = new Set<string>();

let service: BackboneService;
beforeAll(async () => {
  const reaction = on(clientUpdated, (_tx, _data, { key }) => {
    if (broken.has(key)) return Promise.reject(new RangeError(`${secret} cannot be written`));
    heard.push(key);
    return Promise.resolve();
  });
  service = await backboneService({ reactions: [reaction], jobs: { rest: () => Promise.resolve() } });
});
afterAll(() => service.close());

interface Parked {
  id: string;
  state: string;
  attempts: number;
  errors: object[];
  decisions: object[];
  fact: { id: string; type: string; key: string };
}

interface Page {
  edges: { node: Parked }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const fields = `id state consumer attempts firstFailedAt errors { at name code where } decisions { decision reason by at }
  fact { id type version topic key sequence source occurredAt actor { kind id agencyId } correlationId }`;

async function list(args = '(first: 100)'): Promise<Parked[]> {
  const query = `{ probesBackbone { parkedFacts${args} { edges { node { ${fields} } } } } }`;
  const { data } = await service.ask<{
    probesBackbone: { parkedFacts: { edges: { node: Parked }[] } };
  }>(engineer, query);
  return data?.probesBackbone.parkedFacts.edges.map(({ node }) => node) ?? [];
}

async function find(id: string): Promise<Parked | null | undefined> {
  const query = `query ($id: ID!) { probesBackbone { parkedFact(id: $id) { ${fields} } } }`;
  const { data } = await service.ask<{ probesBackbone: { parkedFact: Parked | null } }>(engineer, query, {
    id,
  });
  return data?.probesBackbone.parkedFact;
}

const about = (key: string) =>
  clientUpdated.of(key, new Date(), { clientId: key, changedFields: ['language'], version: 1 });

/** Sends a fact that this service cannot handle, and advances the time until a person must decide. */
async function sendPoison(): Promise<Parked> {
  const key = randomUUID();
  broken.add(key);
  await announce(service.transport, 'clients', cause, about(key));
  return eventually(async () => {
    await service.db.query('update inbox_key set retry_at = now() where retry_at is not null');
    const parked = (await list('(first: 100, states: [PARKED])')).find(({ fact }) => fact.key === key);
    if (!parked) throw new Error('not parked yet');
    return parked;
  });
}

/** A parked fact after that. */
async function aParkedFact(): Promise<string> {
  const [id, key] = [randomUUID(), randomUUID()];
  const fact = about(key);
  await service.db.query(
    `insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts)
     values ($1, 'probes', 'clients.v1', $2, 0, $3, $4, 'PARKED', 8)`,
    [id, key, fact.id, { ...fact, sequence: 0, source: 'clients', cause }],
  );
  return id;
}

interface Outcome {
  __typename: string;
  state?: string;
  from?: string;
  issues?: { path: string; code: string }[];
}

async function decide(verb: 'retry' | 'drop', input: object): Promise<Outcome | undefined> {
  const type = verb === 'retry' ? 'RetryParkedFactInput' : 'DropParkedFactInput';
  const query = `mutation ($input: ${type}!) { outcome: ${verb}ProbesParkedFact(input: $input) { __typename
    ... on ParkedFact { state } ... on InvalidTransition { from } ... on InvalidInput { issues { path code } } } }`;
  const { data } = await service.ask<{ outcome: Outcome }>(engineer, query, { input });
  return data?.outcome;
}

const audited = (id: string) =>
  service.lines
    .map((line) => JSON.parse(line) as { id?: string; operation?: string })
    .filter((line) => line.id === id && line.operation);

describe('a fact that a service cannot handle', () => {
  it('is listed with its errors and shown as it was sent, and nothing quotes the error', async () => {
    const parked = await sendPoison();
    const { key } = parked.fact;
    expect(parked).toMatchObject({ state: 'PARKED', consumer: 'probes.work', attempts: 8, decisions: [] });
    expect(parked.errors).toHaveLength(8);
    expect(parked.errors[0]).toMatchObject({
      name: 'RangeError',
      code: null,
      where: expect.stringContaining('at ') as string,
    });
    expect(await find(parked.id)).toMatchObject({
      fact: {
        ...{ type: 'ClientUpdated', version: 1, topic: 'clients.v1', key, sequence: 0, source: 'clients' },
        actor: { kind: 'STAFF', id: 'maria', agencyId: null },
        correlationId: 'request-1',
      },
    });
    for (const untold of [secret, 'language']) expect(JSON.stringify(await list())).not.toContain(untold);
  });

  it('has its effect once it is retried after the fault is corrected, and records who decided', async () => {
    const { id, fact } = await sendPoison();
    broken.delete(fact.key);
    expect(await decide('retry', { id, reason: ' corrected ' })).toEqual({
      __typename: 'ParkedFact',
      state: 'WAITING',
    });
    await eventually(() => expect(heard.filter((key) => key === fact.key)).toHaveLength(1));
    await eventually(async () => expect(await find(id)).toMatchObject({ state: 'RETRIED' }));
    expect((await find(id))?.decisions).toMatchObject([
      { decision: 'RETRY', reason: 'corrected', by: engineer.id },
    ]);
    expect((await list()).map((one) => one.id)).not.toContain(id);
    expect(audited(id)).toMatchObject([
      {
        operation: 'retryParkedFact',
        viewerId: engineer.id,
        factId: fact.id,
        type: 'ClientUpdated',
        key: fact.key,
      },
    ]);
    expect(service.lines.join()).not.toMatch(/corrected|Rosalind/);
  });

  it('is given up when it is dropped; a second click changes nothing and says so', async () => {
    const id = await aParkedFact();
    expect(await decide('drop', { id, reason: 'sent by mistake' })).toMatchObject({ state: 'DROPPED' });
    for (const verb of ['drop', 'retry'] as const) {
      expect(await decide(verb, { id, reason: 'again' })).toEqual({
        __typename: 'InvalidTransition',
        from: 'DROPPED',
      });
    }
    expect((await find(id))?.decisions).toHaveLength(1);
    expect(audited(id)).toHaveLength(1);
    expect(heard).not.toContain((await find(id))?.fact.key);
  });

  it('is decided once by a request that is repeated with its key', async () => {
    const id = await aParkedFact();
    const input = { id, reason: 'sent by mistake', idempotencyKey: 'click-1' };
    const answers = await Promise.all([decide('drop', input), decide('drop', input)]);
    expect(answers).toEqual([
      { __typename: 'ParkedFact', state: 'DROPPED' },
      { __typename: 'ParkedFact', state: 'DROPPED' },
    ]);
    expect(await decide('drop', { ...input, reason: 'another' })).toEqual({
      __typename: 'IdempotencyConflict',
    });
    expect((await find(id))?.decisions).toHaveLength(1);
    expect(audited(id)).toHaveLength(1);
  });

  it.each([
    ['no reason', '', 'MISSING'],
    ['a reason of blanks', '  ', 'MISSING'],
    ['a reason of 501 characters', 'x'.repeat(501), 'TOO_LONG'],
  ])('is not decided for %s', async (_what, reason, code) => {
    expect(await decide('drop', { id: randomUUID(), reason })).toEqual({
      __typename: 'InvalidInput',
      issues: [{ path: 'reason', code }],
    });
  });

  it.each([randomUUID(), 'nonsense'])('is unknown by the id %p', async (id) => {
    expect(await find(id)).toBeNull();
    expect(await decide('retry', { id, reason: 'corrected' })).toMatchObject({
      __typename: id === 'nonsense' ? 'InvalidInput' : 'NotFound',
    });
  });

  it('is listed page by page, in as many statements for one as for many', async () => {
    await Promise.all([aParkedFact(), aParkedFact(), aParkedFact()]);
    const all = (await list('(first: 100, states: [PARKED])')).map(({ id }) => id);
    const page = `query ($first: Int, $after: Cursor) { probesBackbone { parkedFacts(states: [PARKED], first: $first, after: $after) {
      edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: Answer<{ probesBackbone: { parkedFacts: Page } }> = await service.ask(engineer, page, {
        first: 2,
        after,
      });
      const found = answer.data?.probesBackbone.parkedFacts;
      seen.push(...(found?.edges.map(({ node }) => node.id) ?? []));
      after = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(all);
    for (const first of [1, 100]) {
      expect(await statementsOf(service, /parked_message_decision/, () => list(`(first: ${first})`))).toBe(1);
    }
  });
});

describe('parked facts and timers', () => {
  it.each(['CASE_MANAGER', 'SUPERVISOR', 'PRIVACY_OFFICER'] as const)('are not for a %s', async (role) => {
    const { data, errors } = await service.ask(aViewer(role), '{ probesBackbone { scheduler { isLate } } }');
    expect(data).toEqual({ probesBackbone: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('are decided about by nobody else', async () => {
    const id = await aParkedFact();
    const query = `mutation ($input: DropParkedFactInput!) { dropProbesParkedFact(input: $input) { __typename } }`;
    const input = { id, reason: 'I want it gone' };
    const { data, errors } = await service.ask(aViewer('CASE_MANAGER'), query, { input });
    expect({ data, codes: errors?.map(({ extensions }) => extensions.code) }).toEqual({
      data: { dropProbesParkedFact: null },
      codes: ['FORBIDDEN'],
    });
    expect(await find(id)).toMatchObject({ state: 'PARKED', decisions: [] });
  });

  it('are for a program administrator', async () => {
    const { errors } = await service.ask(
      aViewer('PROGRAM_ADMIN'),
      '{ probesBackbone { scheduler { isLate } } }',
    );
    expect(errors).toBeUndefined();
  });
});
