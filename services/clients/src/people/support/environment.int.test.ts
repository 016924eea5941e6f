import type { Viewer } from '@throughline/graphql';
import { aClient, consentTo, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

type Answer = Record<string, unknown> & { __typename: string; id: string; version: number };
const issues = '... on InvalidInput { issues { path code } }';
const person = 'id version name relation isEmergencyContact isGuardian mayReceiveInfo isRestricted endedAt';

async function change(viewer: Viewer, name: string, input: object): Promise<Answer> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
  const fields = name.includes('Support') ? `SupportPerson { ${person} }` : 'Client { id version }';
  const problems = name.startsWith('add') ? issues : `${issues} ... on StaleVersion { currentVersion }`;
  const query = `mutation ($input: ${type}!) { answer: ${name}(input: $input) {
    __typename ... on ${fields} ${problems} } }`;
  const { data, errors } = await service.ask<{ answer: Answer }>(viewer, query, { input });
  expect(errors).toEqual([]);
  return data.answer;
}

async function read<Seen>(viewer: Viewer, id: string, fields: string): Promise<Seen> {
  const query = `query ($id: ID!) { client(id: $id) { ${fields} } }`;
  return (await service.ask<{ client: Seen }>(viewer, query, { id })).data.client;
}

describe('people around a client', () => {
  it('are recorded, changed and ended; only a consent in force lets them receive information', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria, { legalName: 'Rosalind Ferro' });
    const consent = await consentTo(service.ask, people.maria, clientId);
    const added = await change(people.maria, 'addSupportPerson', {
      ...{ clientId, name: 'Lucía Ferro', relation: 'PARENT', isGuardian: true, consentId: consent.id },
      contactPoints: [{ kind: 'PHONE', value: '+13055550144' }],
    });
    expect(added).toMatchObject({ name: 'Lucía Ferro', isGuardian: true, mayReceiveInfo: true, version: 1 });

    const kept = await change(people.maria, 'updateSupportPerson', {
      id: added.id,
      expectedVersion: 1,
      isGuardian: null,
    });
    expect(kept).toMatchObject({ isGuardian: false, mayReceiveInfo: true, version: 2 });
    const restricted = await change(people.maria, 'updateSupportPerson', {
      ...{ id: added.id, expectedVersion: 2, isRestricted: true },
    });
    expect(restricted).toMatchObject({ issues: [{ path: 'consentId', code: 'RESTRICTED' }] });
    const stale = await change(people.maria, 'endSupportPerson', { id: added.id, expectedVersion: 1 });
    expect(stale).toMatchObject({ __typename: 'StaleVersion', currentVersion: 2 });
    await change(people.maria, 'endSupportPerson', { id: added.id, expectedVersion: 2 });
    const seen = 'supportPersons { id } all: supportPersons(includeEnded: true) { mayReceiveInfo endedAt }';
    const { supportPersons, all } = await read<{ supportPersons: object[]; all: object[] }>(
      people.maria,
      clientId,
      seen,
    );
    expect(supportPersons).toEqual([]);
    expect(all).toEqual([{ mayReceiveInfo: false, endedAt: service.clock.now.toISOString() }]);
  });

  it('receive nothing by the consent of somebody else, and are not seen by strangers', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria, { legalName: 'Ada Holm' });
    const { id: other } = await aClient(service.ask, people.maria, { legalName: 'Rosalind Ferro' });
    const consent = await consentTo(service.ask, people.maria, other);
    const input = { clientId, name: 'Bo Holm', relation: 'SIBLING', consentId: consent.id };
    const refused = await change(people.maria, 'addSupportPerson', input);
    expect(refused).toMatchObject({ issues: [{ path: 'consentId', code: 'UNKNOWN' }] });
    const stranger = await change(people.jonah, 'addSupportPerson', { ...input, consentId: null });
    expect(stranger.__typename).toBe('NotFound');
    const added = await change(people.maria, 'addSupportPerson', { ...input, consentId: null });
    const ended = await change(people.jonah, 'endSupportPerson', { id: added.id, expectedVersion: 1 });
    expect(ended.__typename).toBe('NotFound');
  });

  it('change what the system asks of a child: the guardian is known, and signs', async () => {
    const child = { legalName: 'Mika Holm', dateOfBirth: '2015-03-01', consentAuthority: 'GUARDIAN' };
    const { id: clientId } = await aClient(service.ask, people.maria, child);
    const codes = async () =>
      (
        await read<{ attention: { code: string }[] }>(people.maria, clientId, 'attention { code }')
      ).attention.map(({ code }) => code);
    expect(await codes()).toEqual(expect.arrayContaining(['GUARDIAN_SIGNATURE', 'GUARDIAN_UNKNOWN']));
    await change(people.maria, 'addSupportPerson', {
      clientId,
      name: 'Jo',
      relation: 'PARENT',
      isGuardian: true,
    });
    expect(await codes()).not.toContain('GUARDIAN_UNKNOWN');
    const unsigned = await consentTo(service.ask, people.maria, clientId, {
      patientNameAsSigned: 'Mika Holm',
    });
    expect(unsigned.__typename).toBe('ConsentDeficient');
  });
});

describe('a household', () => {
  it('joins clients, shows only those whom the viewer may know, and keeps where somebody lived', async () => {
    const [ada, bo, cy] = await Promise.all(
      ['Ada Quist', 'Bo Quist', 'Cy Quist'].map((legalName) =>
        aClient(service.ask, people.maria, { legalName }),
      ),
    );
    const join = { clientId: ada!.id, withClientId: bo!.id, role: 'PARTNER', expectedVersion: 1 };
    expect(await change(people.maria, 'joinHousehold', join)).toMatchObject({ id: ada!.id, version: 2 });
    for (const one of [ada, bo]) expect((await service.recorded(one!.id)).at(-1)).toBe('ClientUpdated');
    const [first, second] = await Promise.all([
      change(people.maria, 'joinHousehold', {
        clientId: cy!.id,
        withClientId: ada!.id,
        role: 'CHILD',
        expectedVersion: 1,
      }),
      change(people.maria, 'joinHousehold', {
        clientId: cy!.id,
        withClientId: bo!.id,
        role: 'CHILD',
        expectedVersion: 1,
      }),
    ]);
    expect([first.__typename, second.__typename].sort()).toEqual(['Client', 'StaleVersion']);
    const fields = 'household { members { role record { id } } }';
    const seen = await read<{ household: { members: { role: string; record: { id: string } }[] } }>(
      people.supervisor,
      bo!.id,
      fields,
    );
    expect(seen.household.members.map(({ role, record }) => [role, record.id]).sort()).toEqual(
      [
        ['CHILD', cy!.id],
        ['HEAD', bo!.id],
        ['PARTNER', ada!.id],
      ].sort(),
    );
    await change(people.maria, 'leaveHousehold', { clientId: ada!.id, expectedVersion: 2 });
    expect(await read(people.maria, ada!.id, 'household { members { role } }')).toEqual({ household: null });
    const again = await change(people.maria, 'leaveHousehold', { clientId: ada!.id, expectedVersion: 3 });
    expect(again).toMatchObject({ issues: [{ path: 'clientId', code: 'NONE' }] });
  });

  it('is joined by two who name each other at the same moment, one of them first', async () => {
    for (let round = 0; round < 5; round++) {
      const pair = await Promise.all(
        ['Fay', 'Gil'].map((name) =>
          aClient(service.ask, people.maria, { legalName: `${name} Round${round}` }),
        ),
      );
      const [fay, gil] = pair.map(({ id }) => id);
      const join = (clientId?: string, withClientId?: string) =>
        change(people.maria, 'joinHousehold', {
          clientId,
          withClientId,
          role: 'PARTNER',
          expectedVersion: 1,
        });
      const answers = await Promise.all([join(fay, gil), join(gil, fay)]);
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Client', 'InvalidInput']);
    }
  });

  it('is not joined with a client of somebody else, who looks like nobody', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria, { legalName: 'Dag Quist' });
    const { id: foreign } = await aClient(service.ask, people.jonah, { legalName: 'Eva Quist' });
    for (const withClientId of [foreign, '0193a000-0000-7000-8000-000000000999']) {
      const input = { clientId, withClientId, role: 'OTHER', expectedVersion: 1 };
      expect((await change(people.maria, 'joinHousehold', input)).__typename).toBe('NotFound');
    }
  });
});

describe('a person', () => {
  it('is described whole, and every fault is told at once', async () => {
    const described = {
      legalName: 'Tamsin Oyelaran',
      otherNames: ['Tamsin Reed'],
      voicemailName: 'Tam',
      birthYear: 1959,
      sex: 'FEMALE',
      race: ['BLACK_OR_AFRICAN_AMERICAN', 'WHITE'],
      ethnicity: 'DECLINED',
      veteranStatus: 'NO',
      employment: 'RETIRED',
      monthlyIncome: 1200,
      addresses: [{ kind: 'OUTREACH', lines: ['Bench at the library'], isHidden: true }],
      livingSituation: '116',
      livingSituationSince: '2026-01-05',
      coverages: [{ type: 'MEDICARE', memberId: '1EG4', startsOn: '2024-01-01' }],
      strengths: ['Knows every bus line', 'Ich koche gern für andere'],
      preferences: { counselorGender: 'FEMALE', modalities: ['IN_PERSON'], maximumDistanceKm: 10 },
      careSetting: 'COMMUNITY',
      custody: { facility: 'County jail', releaseOn: '2026-01-04' },
    };
    const { id } = await aClient(service.ask, people.maria, described);
    const fields = `otherNames voicemailName dateOfBirth birthYear birthPrecision ageBand sex race ethnicity veteranStatus
      employment monthlyIncome strengths careSetting addresses { kind lines city isHidden }
      livingSituation { code label group since } coverages { type payer memberId startsOn }
      preferences { counselorGender modalities maximumDistanceKm faith } custody { facility releaseOn }`;
    const { livingSituationSince, ...same } = described;
    expect({ legalName: same.legalName, ...(await read<object>(people.maria, id, fields)) }).toEqual({
      ...same,
      dateOfBirth: null,
      birthPrecision: 'YEAR',
      ageBand: 'AGE_65_PLUS',
      addresses: [{ kind: 'OUTREACH', lines: ['Bench at the library'], city: null, isHidden: true }],
      livingSituation: {
        ...{ code: '116', label: 'Place not meant for habitation', group: 'HOMELESS' },
        since: livingSituationSince,
      },
      coverages: [{ type: 'MEDICARE', payer: null, memberId: '1EG4', startsOn: '2024-01-01' }],
      preferences: {
        counselorGender: 'FEMALE',
        modalities: ['IN_PERSON'],
        maximumDistanceKm: 10,
        faith: null,
      },
    });
    expect(await read(people.privacy, id, 'addresses { kind } strengths sex')).toEqual({
      ...{ addresses: null, strengths: null, sex: 'FEMALE' },
    });

    const faults = await change(people.maria, 'updateClient', {
      ...{
        id,
        expectedVersion: 1,
        birthYear: 1880,
        livingSituation: null,
        livingSituationSince: '2099-01-01',
      },
      addresses: [{ kind: 'HOME', postalCode: '1' }, { kind: 'WORK' }],
      coverages: [{ type: 'PRIVATE', startsOn: '2026-02-01', endsOn: '2026-01-01' }],
      externalIds: [{ system: 'my system', value: '1' }],
      race: ['WHITE', 'WHITE'],
    });
    expect(
      (faults.issues as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`),
    ).toEqual([
      'birthYear OUT_OF_RANGE',
      'livingSituationSince CONTRADICTS',
      'addresses.0.postalCode INVALID_FORMAT',
      'addresses.1 MISSING',
      'coverages.0.endsOn CONTRADICTS',
      'externalIds.0.system INVALID_FORMAT',
      'race DUPLICATE',
    ]);
  });
});
