import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { deskOf, line988, type SeenInquiry } from '../../intake/inquiry/a-call.test-world.ts';
import { aClient, aViewer, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let desk: ReturnType<typeof deskOf>;
let people: Awaited<ReturnType<typeof hire>>;
let otherIntake: Viewer;

beforeAll(async () => {
  service = await testService();
  desk = deskOf(service);
  people = await hire(service.ask);
  otherIntake = aViewer(['INTAKE_WORKER']);
  const record = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
  await service.ask(people.admin, record, {
    input: { id: otherIntake.id, name: 'Somebody', roles: ['INTAKE_WORKER'] },
  });
});
afterAll(() => service.close());

interface Converted {
  __typename: string;
  id: string;
  from?: string;
  token?: string;
  issues?: { path: string; code: string }[];
  activeCase: { id: string; firstContactAt: string; firstInquiry: { id: string } | null } | null;
}

async function convert(viewer: Viewer, input: object): Promise<Converted> {
  const query = `mutation ($input: ConvertInquiryInput!) { convertInquiry(input: $input) { __typename
    ... on Client { id activeCase { id firstContactAt firstInquiry { id } } }
    ... on InvalidInput { issues { path code } } ... on InvalidTransition { from }
    ... on PossibleDuplicates { token } ... on Problem { message } } }`;
  const { data, errors } = await service.ask<{ convertInquiry: Converted }>(viewer, query, { input });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.convertInquiry;
}

let caller = 0;
/** Each test has a caller of its own, who is nobody's duplicate. */
const registration = () => ({
  legalName: `${['Ana', 'Bo', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus', 'Hal'][caller++] ?? 'Zoe'} Quillon`,
});
const clients = async () =>
  (await service.db.query<{ n: number }[]>('select count(*)::int as n from client'))[0]!.n;

describe('a first contact that leads to a client', () => {
  it('registers the person, and keeps when the contact came in', async () => {
    const receivedAt = new Date(Date.now() - 3 * 60 * 60 * 1000).toISOString();
    const opened = await desk.open(people.intake, { receivedAt });
    const client = await convert(people.intake, { ...desk.at(opened), registration: registration() });
    expect(client).toMatchObject({
      __typename: 'Client',
      activeCase: { firstContactAt: receivedAt, firstInquiry: { id: opened.id } },
    });
    expect(await desk.read(people.intake, opened.id)).toMatchObject({
      ...{ status: 'ENDED', disposition: 'CONVERTED', allowedCommands: [] },
    });
    await eventually(async () => expect(await service.recorded(client.id)).toContain('InquiryConverted'));
  });

  it('happens once when two workers do it at the same time', async () => {
    const opened = await desk.open(people.intake);
    const before = await clients();
    const form = registration();
    const both = await Promise.all(
      [people.intake, otherIntake].map((viewer) => convert(viewer, { id: opened.id, registration: form })),
    );
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Client', 'InvalidTransition']);
    expect(both.find(({ from }) => from)).toMatchObject({ from: 'CONVERTED' });
    expect(await clients()).toBe(before + 1);
  });

  it('answers the same client when it is repeated, with the key and without', async () => {
    const { id } = await desk.open(people.intake);
    const input = { id, registration: registration(), idempotencyKey: 'convert-once' };
    const first = await convert(people.intake, input);
    const again = await convert(people.intake, input);
    const plain = await convert(people.intake, { id, registration: registration() });
    expect([again.id, plain.id]).toEqual([first.id, first.id]);
    const other = await convert(people.intake, { ...input, registration: registration() });
    expect(other.__typename).toBe('IdempotencyConflict');
  });

  it('links a client whom the worker may know; another one looks like none', async () => {
    const known = await aClient(service.ask, people.intake, { legalName: 'Nora Silber' });
    const hers = await aClient(service.ask, people.maria, { legalName: 'Otto Amsel' });
    const opened = await desk.open(people.intake);
    const answers = [];
    for (const clientId of [hers.id, '0193a000-dead-7000-8000-000000000000'])
      answers.push(await convert(people.intake, { id: opened.id, clientId }));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.__typename).toBe('NotFound');
    const linked = await convert(people.intake, { id: opened.id, clientId: known.id });
    expect(linked).toMatchObject({ id: known.id, activeCase: { firstInquiry: { id: opened.id } } });
  });

  it('asks about possible duplicates first, and registers who is none of them', async () => {
    const form = { legalName: 'Cordelia Vandersteen', dateOfBirth: '1988-04-12' };
    await aClient(service.ask, people.maria, form);
    const opened = await desk.open(people.intake);
    const asked = await convert(people.intake, { id: opened.id, registration: form });
    expect(asked.__typename).toBe('PossibleDuplicates');
    expect(await desk.read(people.intake, opened.id)).toMatchObject({ status: 'OPEN' });
    const notDuplicates = asked.token;
    const wrong = await convert(people.intake, {
      id: opened.id,
      registration: { ...form, notDuplicates: 'x' },
    });
    const done = await convert(people.intake, { id: opened.id, registration: { ...form, notDuplicates } });
    expect(wrong.issues).toMatchObject([{ path: 'registration.notDuplicates' }]);
    expect(done.__typename).toBe('Client');
  });

  it('needs one of the two, and in a crisis the transfer', async () => {
    const opened = await desk.open(people.intake, { urgency: 'CRISIS' });
    const codes = async (input: object) =>
      (await convert(people.intake, { id: opened.id, ...input })).issues?.map(
        ({ path, code }) => `${path} ${code}`,
      );
    expect(await codes({})).toEqual(['registration MISSING']);
    const both = { registration: registration(), clientId: opened.id };
    expect(await codes(both)).toEqual(['clientId CONTRADICTS']);
    expect(await codes({ registration: { legalName: 'Ida Lund', postalCode: '1' } })).toEqual([
      'registration.postalCode INVALID_FORMAT',
    ]);
    expect(await codes({ registration: { legalName: 'Ida Lund' } })).toEqual(['transfer MISSING']);
    const transfer = { result: 'TRANSFERRED', lineId: line988 };
    const done = await convert(people.intake, {
      id: opened.id,
      registration: { legalName: 'Ida Lund' },
      transfer,
    });
    expect(done.__typename).toBe('Client');
  });
});

describe('the faults of a conversion', () => {
  it('stand at their place in the input, all at once', async () => {
    const opened = await desk.open(people.intake, { urgency: 'CRISIS' });
    const form = {
      ...{ legalName: ' ', nameToUse: 'x'.repeat(500), dateOfBirth: '2999-01-01', postalCode: '1' },
      contactPoints: [{ kind: 'PHONE', value: '12' }],
      addresses: [{ kind: 'HOME', postalCode: 'x' }],
      externalIds: [{ system: 'lower', value: '1' }],
      needs: [{ category: 'HOMELESSNESS' }, { category: 'HOMELESSNESS' }],
    };
    const transfer = { result: 'REFUSED', doneInstead: 'y'.repeat(9000) };
    const { issues = [] } = await convert(people.intake, { id: opened.id, registration: form, transfer });
    expect(issues.map(({ path }) => path).sort()).toEqual([
      ...[
        'registration.addresses.0.postalCode',
        'registration.contactPoints.0.value',
        'registration.dateOfBirth',
      ],
      ...['registration.externalIds.0.system', 'registration.legalName', 'registration.nameToUse'],
      ...['registration.needs.1.category', 'registration.postalCode', 'transfer.doneInstead'],
    ]);
  });
});

describe('the list of contacts', () => {
  it('has no row of a client whom the worker no longer knows, not even an empty one', async () => {
    const waiting = await aClient(service.ask, otherIntake, { legalName: 'Wanda Iversen' });
    const opened = await desk.open(people.intake);
    const linked = await convert(people.intake, { id: opened.id, clientId: waiting.id });
    expect(linked.id).toBe(waiting.id);
    const list = `{ inquiries(filter: { status: [ENDED] }, first: 100) { edges { node { id status } } } }`;
    interface Listed {
      inquiries: { edges: { node: { id: string } | null }[] };
    }
    const listed = async () =>
      (await service.ask<Listed>(people.intake, list)).data.inquiries.edges.map(
        ({ node }) => node?.id ?? null,
      );
    expect(await listed()).toContain(opened.id);
    const input = { caseId: waiting.activeCase.id, caseManagerId: people.maria.id, expectedVersion: 1 };
    const assign = `mutation ($input: AssignCaseManagerInput!) { assignCaseManager(input: $input) { __typename } }`;
    await service.ask(people.supervisor, assign, { input });
    const left = await listed();
    expect(left).not.toContain(opened.id);
    expect(left).not.toContain(null);
  });
});

describe('a contact that led to a client', () => {
  let opened: SeenInquiry;
  let client: Converted;
  const asks = `query ($id: ID!) { inquiry(id: $id) { id presentingConcern callerName callbackNumber } }`;

  beforeAll(async () => {
    const said = { callerName: 'Hetty', callbackNumber: '305 555 0123', presentingConcern: 'Wants to stop' };
    opened = await desk.open(people.intake, said);
    client = await convert(people.intake, { id: opened.id, registration: { legalName: 'Hetty Brandt' } });
    const assign = `mutation ($input: AssignCaseManagerInput!) { assignCaseManager(input: $input) { __typename ... on Problem { message } } }`;
    const input = { caseId: client.activeCase?.id, caseManagerId: people.maria.id, expectedVersion: 1 };
    const { data } = await service.ask<{ assignCaseManager: object }>(people.supervisor, assign, { input });
    expect(data.assignCaseManager).toEqual({ __typename: 'CaseFile' });
  });

  it('does not exist for workers who may not know the client', async () => {
    const { data } = await service.ask<{ inquiry: null }>(otherIntake, asks, { id: opened.id });
    expect(data.inquiry).toBeNull();
    const missing = await desk.act(otherIntake, 'updateInquiry', { ...desk.at(opened), notes: 'x' });
    expect(missing.__typename).toBe('NotFound');
    const list = `{ inquiries(filter: { status: [ENDED] }, first: 100) { edges { node { id } } } }`;
    const listed = await service.ask<{ inquiries: { edges: { node: { id: string } | null }[] } }>(
      otherIntake,
      list,
    );
    expect(JSON.stringify(listed.data)).not.toContain(opened.id);
  });

  it('is read by the case manager, through the case', async () => {
    const query = `query ($id: ID!) { client(id: $id) { activeCase { firstInquiry {
      presentingConcern callbackNumber handledBy { id } access { allowed } } } } }`;
    const { data, errors } = await service.ask<{ client: object }>(people.maria, query, { id: client.id });
    expect(errors).toEqual([]);
    expect(data.client).toMatchObject({
      activeCase: { firstInquiry: { presentingConcern: 'Wants to stop', callbackNumber: '+13055550123' } },
    });
  });

  it('keeps its data after the retention of contacts', async () => {
    await service.db.query(
      `select graphile_worker.reschedule_jobs(
         array(select id from graphile_worker.jobs where key = $1), run_at => now() - interval '1 second')`,
      [`inquiry.erase:${opened.id}`],
    );
    await eventually(async () => {
      const jobs = await service.db.query<object[]>('select 1 from graphile_worker.jobs where key = $1', [
        `inquiry.erase:${opened.id}`,
      ]);
      expect(jobs).toEqual([]);
    });
    const { data } = await service.ask<{ inquiry: object }>(people.intake, asks, { id: opened.id });
    expect(data.inquiry).toMatchObject({ callerName: 'Hetty' });
  });
});
