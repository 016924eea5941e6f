import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { aClient, aViewer, consentTo, hire, testService, type TestService } from './test-service.ts';

let service: TestService;
let manager: ReturnType<typeof aViewer>;
const ids: Record<string, string[]> = { Client: [], CaseFile: [], Need: [], Consent: [], StaffMember: [] };

beforeAll(async () => {
  service = await testService();
  const { admin, maria } = await hire(service.ask);
  manager = { ...maria, roles: [...maria.roles, 'PROGRAM_ADMIN'] };
  const record = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { __typename } }';
  const both = { id: manager.id, roles: manager.roles, expectedVersion: 1 };
  await service.ask(admin, record, { input: both });
  for (let n = 0; n < 50; n++) {
    const needs = [{ category: 'HOMELESSNESS', clientRank: 1 }];
    const client = await aClient(service.ask, maria, { needs, dateOfBirth: '1984-05-31' });
    const consent = await consentTo(service.ask, maria, client.id);
    const { id } = aViewer(['CASE_MANAGER']);
    await service.ask(admin, record, { input: { id, name: 'Somebody', roles: ['CASE_MANAGER'] } });
    ids.Client?.push(client.id);
    ids.CaseFile?.push(client.activeCase.id);
    ids.Need?.push(...client.activeCase.needs.map((need) => need.id));
    ids.Consent?.push(consent.id);
    ids.StaffMember?.push(id);
  }
});
afterAll(() => service.close());

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
    'StaffMember.openCases': 'their cases',
    'Consent.isValid': 'the person, whose age says who must have signed',
  },
});
