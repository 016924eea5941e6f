import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { aClient, aViewer, consentTo, hire, testService, type TestService } from './test-service.ts';

let service: TestService;
let manager: ReturnType<typeof aViewer>;
const ids: Record<string, string[]> = {
  Client: [],
  CaseFile: [],
  Need: [],
  Consent: [],
  StaffMember: [],
  Credential: [],
  SupportPerson: [],
  ContactEntry: [],
  CallLine: [],
  Inquiry: [],
  TriageScript: [],
};

beforeAll(async () => {
  service = await testService();
  const { admin, maria } = await hire(service.ask);
  manager = { ...maria, roles: [...maria.roles, 'PROGRAM_ADMIN', 'INTAKE_WORKER'] };
  const record = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
  const both = { id: manager.id, roles: manager.roles, expectedVersion: 1 };
  await service.ask(admin, record, { input: both });
  for (let n = 0; n < 50; n++) {
    const needs = [{ category: 'HOMELESSNESS', clientRank: 1 }];
    // Days that are not alike: equal names with days that are would be possible duplicates.
    const dateOfBirth = `${1930 + n}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
    const client = await aClient(service.ask, maria, { needs, dateOfBirth });
    const consent = await consentTo(service.ask, maria, client.id);
    const { id } = aViewer(['CASE_MANAGER']);
    await service.ask(admin, record, { input: { id, name: 'Somebody', roles: ['CASE_MANAGER'] } });
    ids.Client?.push(client.id);
    ids.CaseFile?.push(client.activeCase.id);
    ids.Need?.push(...client.activeCase.needs.map((need) => need.id));
    ids.Consent?.push(consent.id);
    ids.SupportPerson?.push(await addSupport(maria, client.id));
    ids.StaffMember?.push(id);
    ids.Credential?.push(await addCredential(id));
    ids.ContactEntry?.push(await logContact(client.activeCase.id));
    await addContact(n);
  }
});
afterAll(() => service.close());

/** A line, a version of the script, and a first contact. */
async function addContact(n: number): Promise<void> {
  const add = `mutation ($line: AddCallLineInput!, $script: PublishTriageScriptInput!, $contact: OpenInquiryInput!) {
    line: addCallLine(input: $line) { ... on CallLine { id } }
    script: publishTriageScript(input: $script) { ... on TriageScript { id } }
    contact: openInquiry(input: $contact) { ... on Inquiry { id } } }`;
  const answers = [{ code: 'YES', text: 'Yes', urgency: 'CRISIS' }];
  const questions = [{ code: 'one', text: 'Is it a crisis?', choice: 'ONE', required: true, answers }];
  const number = `+1305555${String(1000 + n)}`;
  const { data } = await service.ask<Record<'line' | 'script' | 'contact', { id: string }>>(manager, add, {
    line: { label: 'Line', kind: 'INTAKE', number, timeZone: 'UTC', languages: ['en'] },
    script: { questions, expectedVersion: n + 1 },
    contact: { channel: 'CALL', callerRelation: 'SELF' },
  });
  ids.CallLine?.push(data.line.id);
  ids.TriageScript?.push(data.script.id);
  ids.Inquiry?.push(data.contact.id);
}

async function addSupport(viewer: typeof manager, clientId: string): Promise<string> {
  const query = `mutation ($input: AddSupportPersonInput!) { addSupportPerson(input: $input) { ... on SupportPerson { id } } }`;
  const input = { clientId, name: 'Somebody', relation: 'FRIEND' };
  const { data } = await service.ask<{ addSupportPerson: { id: string } }>(viewer, query, { input });
  return data.addSupportPerson.id;
}

async function addCredential(staffId: string): Promise<string> {
  const add = `mutation ($input: AddCredentialInput!) { addCredential(input: $input) { ... on Credential { id } } }`;
  const input = { staffId, typeCode: 'CCM', issuedOn: '2024-05-01' };
  const { data } = await service.ask<{ addCredential: { id: string } }>(manager, add, { input });
  return data.addCredential.id;
}

async function logContact(caseId: string): Promise<string> {
  const log = `mutation ($input: LogContactInput!) { logContact(input: $input) { ... on ContactEntry { id } } }`;
  const at = service.clock.now.toISOString();
  const input = { caseId, at, channel: 'CALL', reached: true, purpose: 'CHECK_IN' };
  const { data } = await service.ask<{ logContact: { id: string } }>(manager, log, { input });
  return data.logContact.id;
}

describeEntityStatements({
  sdl: readSdl(import.meta.dirname),
  ids: () => ids,
  ask: async (query, r) => {
    let entities: unknown[] = [];
    const statements = await statementsOf(service.running.dataSource, async () => {
      entities = (await service.ask<{ _entities: unknown[] }>(manager, query, { r })).data._entities;
    });
    return { entities, statements };
  },
  elsewhere: {
    'CaseFile.risks': 'the staff who lead the cases',
    'CaseFile.modifiers': 'what makes the case heavier',
    'CaseFile.ownRoles': 'the assignments of the case',
    'StaffMember.openCases': 'their cases',
    'CaseFile.firstContactAt': 'the contact with which the case began',
    'Inquiry.advice': 'the version of the script',
    'StaffMember.overdueContacts': 'their cases',
    'Credential.status': 'the type, which says when it can be renewed',
    'Credential.ceEarned': 'continuing education',
    'Credential.ceEthicsEarned': 'continuing education',
    'Consent.isValid': 'the person, whose age says who must have signed',
  },
});
