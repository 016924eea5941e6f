import { uuidV7 } from '@throughline/events';
import {
  aClient,
  aConsent,
  anAgency,
  consentFields,
  consentTo,
  hire,
  shelterId,
  testService,
  type RecordedConsent,
  type TestService,
} from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const anId = () => uuidV7(new Date());
/** Too old to be on its way. */
const anOldId = () => uuidV7(new Date('2026-01-01T00:00:00Z'));
const naming = (...agencyIds: string[]) => ({ recipients: agencyIds.map((agencyId) => ({ agencyId })) });

const supersede = async (id: string, overrides: object): Promise<RecordedConsent> => {
  const query = `mutation ($input: SupersedeConsentInput!) { supersedeConsent(input: $input) { ${consentFields} } }`;
  const input = { id, expectedVersion: 1, consent: aConsent(overrides) };
  const { data } = await service.ask<{ supersedeConsent: RecordedConsent }>(people.maria, query, { input });
  return data.supersedeConsent;
};

interface Coverage {
  covered: boolean;
  labels: { code: string; explanation: string }[];
}

/** What a consent would let out to an agency for housing. */
const coverageOf = async (id: string, agency: string, treats = false): Promise<Coverage> => {
  const query = `query ($id: ID!, $agency: ID!, $treats: Boolean) { consent(id: $id) {
    covers(recipientAgencyId: $agency, purpose: REFERRAL_HOUSING, categories: [ID], treatingProvider: $treats) {
      covered labels { code explanation } } } }`;
  const { data } = await service.ask<{ consent: { covers: Coverage } }>(people.maria, query, {
    ...{ id, agency, treats },
  });
  return data.consent.covers;
};

describe('a recipient of a consent', () => {
  it('that is no agency is refused where the caller wrote it, and nothing is stored', async () => {
    const client = await aClient(service.ask, people.maria);
    const answer = await consentTo(
      service.ask,
      people.maria,
      client.id,
      naming('nobody', shelterId, anOldId()),
    );
    expect(answer).toMatchObject({
      __typename: 'InvalidInput',
      faults: [
        { path: 'consent.recipients.0.agencyId', code: 'INVALID_ID' },
        { path: 'consent.recipients.2.agencyId', code: 'UNKNOWN' },
      ],
    });
    expect(await service.recorded(client.id)).not.toContain('ConsentRecorded');
  });

  it('that is no agency does not replace another one', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    expect(await supersede(id, naming(anOldId()))).toMatchObject({
      faults: [{ path: 'consent.recipients.0.agencyId', code: 'UNKNOWN' }],
    });
    expect((await supersede(id, { categories: ['ID'] })).__typename).toBe('Consent');
  });

  it('is waited for when it was described a moment ago', async () => {
    const client = await aClient(service.ask, people.maria);
    const agencyId = anId();
    const answer = consentTo(service.ask, people.maria, client.id, naming(agencyId));
    await service.hear(anAgency(agencyId));
    expect((await answer).__typename).toBe('Consent');
  });

  it('is the same agency in capital letters', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id, naming(shelterId.toUpperCase()));
    expect((await coverageOf(id, shelterId)).covered).toBe(true);
    expect((await coverageOf(id, shelterId.toUpperCase())).covered).toBe(true);
  });

  it('of a form that is signed in the name of somebody else is not stored', async () => {
    const client = await aClient(service.ask, people.maria);
    const answer = await consentTo(service.ask, people.maria, client.id, {
      patientNameAsSigned: 'Jo Banditt',
    });
    expect(answer).toMatchObject({
      __typename: 'ConsentDeficient',
      issues: [{ element: 'patient', code: 'INVALID' }],
    });
    expect(await service.recorded(client.id)).not.toContain('ConsentRecorded');
  });
});

describe('the preview of what a consent covers', () => {
  it('says which kind reaches an agency outside HIPAA, and follows what the directory says of it', async () => {
    const client = await aClient(service.ask, people.maria);
    const agencyId = anOldId();
    await service.hear(anAgency(agencyId));
    const given = { ...naming(agencyId), kind: 'HIPAA_AUTHORIZATION' };
    const { id } = await consentTo(service.ask, people.maria, client.id, given);
    for (const treats of [false, true]) {
      const [label] = (await coverageOf(id, agencyId, treats)).labels;
      expect(label?.code).toBe('KIND_NOT_SUFFICIENT');
      expect(label?.explanation).toContain('Record a SPECIFIC_DISCLOSURE consent');
    }
    await service.hear(anAgency(agencyId, { agencyType: 'CLINIC', hipaaStatus: 'COVERED_ENTITY' }));
    expect((await coverageOf(id, agencyId)).covered).toBe(true);
  });

  it('lets nothing out to an agency that is not active, and to one that nobody knows', async () => {
    const client = await aClient(service.ask, people.maria);
    const agencyId = anOldId();
    await service.hear(anAgency(agencyId, { active: false }));
    const { id } = await consentTo(service.ask, people.maria, client.id, naming(agencyId));
    expect((await coverageOf(id, agencyId)).labels).toMatchObject([{ code: 'NO_AGREEMENT' }]);
    expect((await coverageOf(id, anOldId(), true)).labels).toMatchObject([{ code: 'RECIPIENT_NOT_NAMED' }]);
    expect((await coverageOf(id, 'nobody')).labels).toMatchObject([{ code: 'RECIPIENT_NOT_NAMED' }]);
  });
});
