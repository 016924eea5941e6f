import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import pg from 'pg';
import { importDirectory, services } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import * as shelter from './partner-agency.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';
import { hows, unreadableInputs } from './unreadable-inputs.ts';

const unknown = '0193a000-dead-7000-8000-000000000000';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

interface Issues extends Outcome {
  issues?: { path: string; code: string }[];
}

const register = `mutation Register($input: RegisterClientInput!) {
  registerClient(input: $input) {
    __typename
    ... on Client { id version name { legal nameToUse } pronouns }
    ... on InvalidInput { message issues { path code message } }
    ... on Problem { message }
  }
}`;
const update = `mutation Update($input: UpdateClientInput!) {
  updateClient(input: $input) {
    __typename ... on Client { id version } ... on StaleVersion { currentVersion } ... on Problem { message }
  }
}`;
const recordNeed = `mutation Need($input: RecordNeedInput!) {
  recordNeed(input: $input) { __typename ... on Problem { message } }
}`;
const acknowledge = `mutation Ack($input: AcknowledgeNotificationInput!) {
  acknowledgeNotification(input: $input) { __typename ... on Problem { message } }
}`;
const safetyAlerts = '{ myNotifications(codes: [SCREEN_POSITIVE_SAFETY]) { edges { node { id } } } }';

/** Remembers everything that was said about a fault. */
function watched(client: GraphQLClient, said: string[]): GraphQLClient {
  const listen = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('message' in value) said.push(JSON.stringify(value));
    Object.values(value).forEach(listen);
  };
  return async (query, variables) => {
    const answer = await client<never>(query, variables);
    listen([answer.data, answer.errors]);
    return answer;
  };
}

const queries = ['client', 'caseFile', 'consent', 'screening', 'carePlan', 'goal', 'referral'] as const;

describeKafka('bad input gets a clear answer', () => {
  const said: string[] = [];
  let system: StorySystem;
  let hers: GraphQLClient;
  let jonah: GraphQLClient;
  let agency: GraphQLClient;
  let client: maria.Registered;
  const ids = {} as Record<(typeof queries)[number] | 'notification' | 'need', string>;

  const post = (url: string, body: string, token?: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body,
    });

  const refusal = async (response: Response) => {
    const body = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    said.push(JSON.stringify(body.errors));
    return { status: response.status, code: body.errors[0]?.extensions.code };
  };

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    hers = watched(await system.as('maria'), said);
    jonah = watched(await system.as('jonah'), said);
    agency = watched(await system.as('shelter-system'), said);
    client = await maria.registerClient(hers);
  });

  afterAll(() => system.close());

  describe('what one may not know of looks exactly like what does not exist', () => {
    let consent: Outcome;
    let goal: Outcome;
    let referral: Outcome;

    beforeAll(async () => {
      consent = await maria.recordConsent(hers, client.id, maria.shelterConsent());
      const plan = await maria.openCarePlan(hers, client.id);
      goal = await maria.addGoal(hers, plan.id, { statementInClientWords: 'A door I can lock' });
      ids.need = client.activeCase.needs[0]?.id ?? '';
      referral = await maria.createReferral(hers, { needId: ids.need, serviceId: services.nights });
      Object.assign(ids, { client: client.id, caseFile: client.activeCase.id, consent: consent.id });
      Object.assign(ids, { carePlan: plan.id, goal: goal.id, referral: referral.id });
      ids.screening = (await maria.scorePhq9(hers, client.id)).id;
      const supervisor = await system.as('ines');
      ids.notification = await eventually(async () => {
        const { edges } = await ask<{ edges: { node: { id: string } }[] }>(supervisor, safetyAlerts);
        if (!edges[0]) throw new Error('The alert has not arrived');
        return edges[0].node.id;
      });
    });

    it.each([...queries, 'notification' as const])('%s(id)', async (field) => {
      const query = `query Q($id: ID!) { ${field}(id: $id) { id } }`;
      if (field !== 'notification')
        await expect(ask(hers, query, { id: ids[field] })).resolves.toEqual({ id: ids[field] });
      const nothing = { status: 200, data: { [field]: null }, errors: [] };
      for (const id of [ids[field], unknown, 'no id at all', '🌱', "' or 1=1 --", '']) {
        expect({ id, ...(await jonah(query, { id })) }).toEqual({ id, ...nothing });
      }
    });

    it('commands', async () => {
      const choice = (needId: string) => ({ needId, serviceId: services.nights });
      const commands: ((own: boolean) => Promise<unknown>)[] = [
        (own) => maria.recordConsent(jonah, own ? client.id : unknown, maria.shelterConsent()),
        (own) => maria.revokeConsent(jonah, own ? consent : { ...consent, id: unknown }),
        (own) => maria.scorePhq9(jonah, own ? client.id : unknown),
        (own) => maria.openCarePlan(jonah, own ? client.id : unknown),
        (own) => maria.addGoal(jonah, own ? ids.carePlan : unknown, { statementInClientWords: 'x' }),
        (own) => maria.activateGoal(jonah, own ? goal : { ...goal, id: unknown }),
        (own) => maria.createReferral(jonah, choice(own ? ids.need : unknown)),
        (own) => maria.sendReferral(jonah, own ? referral : { ...referral, id: unknown }),
        (own) =>
          ask(jonah, update, { input: { id: own ? client.id : unknown, expectedVersion: 1, pronouns: 'x' } }),
        (own) =>
          ask(jonah, recordNeed, {
            input: { caseId: own ? ids.caseFile : unknown, category: 'HOMELESSNESS' },
          }),
        (own) => ask(jonah, acknowledge, { input: { id: own ? ids.notification : unknown } }),
      ];
      await Promise.all(
        commands.map(async (command) => {
          const [foreign, none] = await Promise.all([command(true), command(false)]);
          expect(foreign).toMatchObject({ __typename: 'NotFound' });
          expect(foreign).toEqual(none);
        }),
      );
    });

    it('a partner: another agency’s referral, and one that is not sent', async () => {
      for (const who of [agency, await system.as('dario')]) {
        for (const id of [ids.referral, unknown, 'no id at all'])
          await expect(shelter.readReferral(who, id)).resolves.toBeNull();
        const answers = [referral, { ...referral, id: unknown }].map((row) =>
          shelter.answer(who, 'acceptReferral', row),
        );
        const [foreign, none] = await Promise.all(answers);
        expect(foreign).toMatchObject({ __typename: 'NotFound' });
        expect(foreign).toEqual(none);
      }
    });
  });

  describe('repetitions', () => {
    it('a stale version is refused with the one that is current', async () => {
      const { id } = await maria.registerClient(hers);
      const change = (pronouns: string) => ask(hers, update, { input: { id, expectedVersion: 1, pronouns } });
      await expect(change('she/her')).resolves.toMatchObject({ __typename: 'Client', version: 2 });
      await expect(change('they/them')).resolves.toMatchObject({
        __typename: 'StaleVersion',
        currentVersion: 2,
      });
    });

    it('an idempotency key does the same thing once, and nothing else; keys are each person’s own', async () => {
      const input = { legalName: 'Once Only', idempotencyKey: 'the-same-key' };
      const [first, second] = await Promise.all([
        ask<Outcome>(hers, register, { input }),
        ask<Outcome>(hers, register, { input }),
      ]);
      expect(first.__typename).toBe('Client');
      expect(second.id).toBe(first.id);
      const other = await ask<Outcome>(hers, register, { input: { ...input, legalName: 'Somebody Else' } });
      expect(other.__typename).toBe('IdempotencyConflict');
      const his = await ask<Outcome>(jonah, register, { input });
      expect(his.__typename).toBe('Client');
      expect(his.id).not.toBe(first.id);
    });
  });

  describe('texts and dates', () => {
    it.each([
      ['emoji', '👩🏽‍🚀🌱 Zoë', '🌈'],
      ['right to left', 'שרה אל־חכים', 'نور الهدى'],
      ['markup and quotes', `<b>O'Brien</b> "); drop table client; --`, '{{7*7}}'],
    ])('a name with %s comes back as it was', async (_kind, legalName, nameToUse) => {
      const registered = await ask<Outcome>(hers, register, { input: { legalName, nameToUse } });
      const query = 'query C($id: ID!) { client(id: $id) { name { legal nameToUse } } }';
      await expect(ask(hers, query, { id: registered.id })).resolves.toEqual({
        name: { legal: legalName, nameToUse },
      });
    });

    it.each([
      ['a character that PostgreSQL cannot keep', { legalName: 'Wilhelmina\u0000' }, 'legalName'],
      ['900 kB', { legalName: 'Wilhelmina '.repeat(82_000) }, 'legalName'],
      ['nothing but blanks', { legalName: ' \u200b ' }, 'legalName'],
      [
        'a date of birth in the future',
        { legalName: 'Wilhelmina', dateOfBirth: inDays(2).slice(0, 10) },
        'dateOfBirth',
      ],
    ])('%s is InvalidInput', async (_kind, input, path) => {
      const answer = await ask<Issues>(hers, register, { input });
      expect(answer.__typename).toBe('InvalidInput');
      expect(answer.issues?.map((issue) => issue.path)).toEqual([path]);
    });

    const wrong = {
      legalName: ' ',
      dateOfBirth: '2036-02-30',

      preferredLanguage: 'Spanish!',
    };
    it.each([
      ['variables', register, { input: { ...wrong, needs: [{ category: 'NO_SUCH_NEED' }] } }],
      [
        'the text of the operation',
        register
          .replace(
            '$input)',
            '{ legalName: " ", dateOfBirth: "2036-02-30", preferredLanguage: "Spanish!", needs: [{ category: NO_SUCH_NEED }] })',
          )
          .replace('($input: RegisterClientInput!)', ''),
        {},
      ],
    ])(
      'all faults of an input come at once, with the paths of the caller: in %s',
      async (_where, query, given) => {
        const { issues } = await ask<Issues>(hers, query, given);
        expect(issues?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
          'dateOfBirth UNREADABLE',
          'legalName MISSING',
          'needs.0.category UNKNOWN_VALUE',
          'preferredLanguage UNREADABLE',
        ]);
      },
    );

    it('a 1 MB string is refused before it is read', async () => {
      const body = JSON.stringify({
        query: register,
        variables: { input: { legalName: 'W'.repeat(1_000_000) } },
      });
      await expect(post(system.staffUrl, body).then(refusal)).resolves.toEqual({
        status: 413,
        code: 'BAD_REQUEST',
      });
    });

    it('free text that no table can store is a fault of the caller, in every service', async () => {
      const nul = 'x\u0000';
      const needId = client.activeCase.needs[1]?.id;
      const answers = await Promise.all([
        maria.recordConsent(hers, client.id, { ...maria.shelterConsent(), infoDescription: nul }),
        maria.createReferral(hers, { needId, serviceId: services.nights, reasonText: nul }),
        maria.addGoal(hers, ids.carePlan, { statementInClientWords: nul }),
      ]);
      expect(answers.map(({ __typename }) => __typename)).toEqual(answers.map(() => 'InvalidInput'));
      const found = await hers('query S($search: String) { clients(search: $search) { edges { cursor } } }', {
        search: nul,
      });
      expect(found.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    });

    it('a consent signed tomorrow is deficient', async () => {
      const consent = { ...maria.shelterConsent(), signedAt: inDays(1) };
      const answer = await maria.recordConsent(hers, client.id, consent);
      expect(answer).toMatchObject({ __typename: 'ConsentDeficient', issues: [{ element: 'signedAt' }] });
    });

    it('nobody is referred to a service that is closed', async () => {
      const db = new pg.Client({ connectionString: system.databases.referrals.appUrl });
      await db.connect();
      await db.query(`update service set status = 'INACTIVE' where id = $1`, [services.families]);
      await db.end();
      const needId = client.activeCase.needs[0]?.id;
      const answer = await maria.createReferral(hers, { needId, serviceId: services.families });
      expect(answer).toMatchObject({
        __typename: 'Forbidden',
        message: expect.stringContaining('closed') as string,
      });
    });
  });

  describe('requests', () => {
    const anybody = JSON.stringify({ query: '{ __typename }' });

    it('without a token, or with one of the other graph, nothing is answered', async () => {
      const staff = await system.tokenFor('maria');
      const partner = await system.tokenFor('shelter-system');
      const answers = await Promise.all(
        [
          post(system.staffUrl, anybody),
          post(system.partnerUrl, anybody),
          post(system.staffUrl, anybody, partner),
          post(system.partnerUrl, anybody, staff),
          post(system.staffUrl, anybody, `${staff.slice(0, -4)}AAAA`),
          post(system.services.clients.url, anybody, staff),
        ].map(async (response) => refusal(await response)),
      );
      expect(answers).toEqual(answers.map(() => ({ status: 401, code: 'UNAUTHENTICATED' })));
    });

    it.each([
      ['malformed JSON', '{"query": "{ me'],
      ['JSON that is no operation', '[1, 2]'],
      ['no query', '{}'],
      ['a query that does not parse', JSON.stringify({ query: '{ me {' })],
      ['an unknown field', JSON.stringify({ query: '{ client(id: "1") { nmae } }' })],
      [
        'a deep query',
        JSON.stringify({
          query: `{ me ${'{ supervisor '.repeat(15)}{ id } ${'}'.repeat(15)} }`,
        }),
      ],
      [
        'many aliases',
        JSON.stringify({
          query: `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: client(id: "1") { id }`).join(' ')} }`,
        }),
      ],
      ['many words', JSON.stringify({ query: `{ ${'__typename '.repeat(3_000)} }` })],
      ['introspection', JSON.stringify({ query: '{ __schema { types { name } } }' })],
    ])('%s is refused with a code', async (_kind, body) => {
      const answer = await refusal(await post(system.staffUrl, body, await system.tokenFor('maria')));
      expect(answer.status).toBe(400);
      expect(answer.code).toMatch(/^(BAD_REQUEST|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/);
    });

    it.each([200, 0, -1])('a page of %d rows is a fault of the caller', async (first) => {
      const page = 'query P($first: Int) { referrals(first: $first) { edges { cursor } } }';
      const { errors } = await hers(page, { first });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    });

    it('a cursor of another list is a fault of the caller', async () => {
      const { errors } = await hers('{ referrals(after: "bm8gY3Vyc29y") { edges { cursor } } }');
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    });

    it('the partner graph does not even hint at what staff see', async () => {
      const { status, errors } = await agency('{ client(id: "1") { caseNumber } }');
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
      expect(errors[0]?.message).not.toMatch(/did you mean/i);
    });
  });

  describe('an input that cannot be read is InvalidInput with every fault, never a refused request', () => {
    describe.each(['staff', 'partner'] as const)('for every mutation of the %s graph', (graph) => {
      it.each(hows)('%s', async (how) => {
        const asked = unreadableInputs(graph, how);
        const wrong = await Promise.all(
          asked.map(async ({ mutation, person, query, input, faults }) => {
            const client = await system.as(person);
            const { status, data, errors } = await client<{ answer: Issues | null }>(query, { input });
            const paths = new Set(data?.answer?.issues?.map(({ path }) => path));
            const untold = faults.filter((path) => !paths.has(path));
            return untold.length + errors.length === 0
              ? []
              : [{ mutation, status, untold, errors, got: data?.answer?.__typename }];
          }),
        );
        expect(wrong.flat()).toEqual([]);
        expect(asked.length).toBeGreaterThan(10);
      });
    });

    it('also for one of several operations in a document', async () => {
      const text = register
        .replace('($input: RegisterClientInput!)', '')
        .replace('$input)', '{ legalName: 5, needs: [{ category: NO_SUCH_NEED }] })');
      const url = system.staffUrl;
      const body = JSON.stringify({ query: `query Other { me { id } } ${text}`, operationName: 'Register' });
      const response = await post(url, body, await system.tokenFor('maria'));
      const { data } = (await response.json()) as { data: { registerClient: Issues } | null };
      expect(data?.registerClient.issues?.map(({ path }) => path).sort()).toEqual([
        'legalName',
        'needs.0.category',
      ]);
    });
  });

  it('no answer about a fault names the person', () => {
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((text) => /Wilhelmina|Sorrel|Billie|Once Only|Somebody/.test(text))).toEqual([]);
    expect(said.filter((text) => text.includes('INTERNAL_SERVER_ERROR'))).toEqual([]);
  });
});
