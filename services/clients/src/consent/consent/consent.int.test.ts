import { uuidV7 } from '@throughline/events';
import { consentIssues, dayIn, type Consent } from '@throughline/privacy';
import { eventually } from '@throughline/testing';
import {
  aClient,
  aConsent,
  aViewer,
  consentTo,
  hire,
  shelterId as shelter,
  testService,
  type RecordedConsent,
  type TestService,
} from '../../test-service.ts';

const day = 24 * 60 * 60 * 1000;

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const revoke = (id: string, more: object = {}, viewer = people.maria) =>
  service
    .ask<{ revokeConsent: RecordedConsent }>(
      viewer,
      `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) {
        __typename ... on Consent { id status version } ... on Problem { message } } }`,
      { input: { id, expectedVersion: 1, ...more } },
    )
    .then(({ data }) => data.revokeConsent);

const supersede = (id: string, overrides: object) =>
  service
    .ask<{ supersedeConsent: RecordedConsent }>(
      people.maria,
      `mutation ($input: SupersedeConsentInput!) { supersedeConsent(input: $input) {
        __typename ... on Consent { id status version } } }`,
      { input: { id, expectedVersion: 1, consent: aConsent(overrides) } },
    )
    .then(({ data }) => data.supersedeConsent);

/** The consents of a client: ended ones first, then by their time. */
const consentsOf = (clientId: string) =>
  service.running.dataSource.query<{ id: string; status: string; next: string | null; timer: boolean }[]>(
    `select id, status, superseded_by_id as next,
       exists (select from graphile_worker.jobs where key = 'consent.expire:' || consent.id) as timer
     from consent where client_id = $1 order by status desc, recorded_at, id`,
    [clientId],
  );

const basisOf = (clientId: string, viewer = aViewer([], { graph: 'INTERNAL', id: 'referrals' })) =>
  service
    .ask<{
      releaseBasis: {
        consentsJson: string;
        privacy: { clientId: string; dateOfBirth: string | null; consentAuthority: 'SELF' };
        snapshot: object;
        program: object;
      } | null;
    }>(
      viewer,
      `query ($clientId: ID!) { releaseBasis(clientId: $clientId) {
        verifiedAt consentsJson program { id name }
        privacy { clientId dateOfBirth consentAuthority restrictAll contactProhibited safeAddress blockedAgencyIds }
        snapshot { nameToUse zip3 phone ageBand safeContact { contactProhibited allowedMethods } } } }`,
      { clientId },
    )
    .then(({ data }) => data.releaseBasis);

const factOf = (type: string, consentId: string) =>
  eventually(() => {
    const found = service.sent.find(
      (fact) => fact.type === type && (fact.data as { consentId: string }).consentId === consentId,
    );
    if (!found) throw new Error('no such fact yet');
    return found;
  });

describe('recording a consent', () => {
  it('keeps it and tells whom it names and for what purpose, without a word of what was signed', async () => {
    const client = await aClient(service.ask, people.maria);
    const consent = await consentTo(service.ask, people.maria, client.id);
    expect(consent).toMatchObject({ __typename: 'Consent', status: 'ACTIVE', version: 1 });
    expect((await factOf('ConsentRecorded', consent.id)).data).toEqual({
      consentId: consent.id,
      clientId: client.id,
      recipientAgencyIds: [shelter],
      recipientClasses: [],
      purposes: ['REFERRAL_HOUSING'],
      version: 1,
    });
  });

  it('that is sent twice at once stores it once', async () => {
    const client = await aClient(service.ask, people.maria);
    const [one, two] = await Promise.all([1, 2].map(() => consentTo(service.ask, people.maria, client.id)));
    expect(one).toEqual(two);
    const other = await consentTo(service.ask, people.maria, client.id, { infoDescription: 'Name only' });
    expect(other.id).not.toBe(one?.id);
    const recorded = (await service.recorded(client.id)).filter((type) => type === 'ConsentRecorded');
    expect(recorded).toHaveLength(2);
  });

  it('lists every element that is missing, and stores nothing', async () => {
    const client = await aClient(service.ask, people.maria);
    const blank = Object.fromEntries(Object.keys(aConsent()).map((element) => [element, undefined]));
    const answer = await consentTo(service.ask, people.maria, client.id, {
      ...blank,
      kind: 'SPECIFIC_DISCLOSURE',
    });
    expect(answer.__typename).toBe('ConsentDeficient');
    expect(answer.issues?.map(({ element }) => element)).toEqual([
      'patient',
      'disclosers',
      'information',
      'information',
      'recipients',
      'purposes',
      'statements',
      'expiry',
      'signature',
      'signedAt',
    ]);
    expect(JSON.parse((await basisOf(client.id))!.consentsJson)).toEqual([]);
  });

  it('refuses what was signed tomorrow', async () => {
    const client = await aClient(service.ask, people.maria);
    const signedAt = new Date(service.clock.now.getTime() + day).toISOString();
    const answer = await consentTo(service.ask, people.maria, client.id, { signedAt });
    expect(answer.issues).toEqual([expect.objectContaining({ element: 'signedAt', code: 'IN_FUTURE' })]);
  });

  it('says that there is no such client to another case manager', async () => {
    const client = await aClient(service.ask, people.maria);
    const foreign = await consentTo(service.ask, people.jonah, client.id);
    const unknown = await consentTo(service.ask, people.jonah, uuidV7(new Date()));
    expect(foreign).toEqual(unknown);
    expect(foreign.__typename).toBe('NotFound');
  });

  it('answers what it covers, and what not', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    const query = `query ($id: ID!, $agency: ID!) { consent(id: $id) { isValid validityIssues { code }
      covers(recipientAgencyId: $agency, purpose: REFERRAL_HOUSING, categories: [ID, HEALTH]) {
        covered labels { label code } } } }`;
    const { data } = await service.ask(people.maria, query, { id, agency: shelter });
    expect(data).toEqual({
      consent: {
        isValid: true,
        validityIssues: [],
        covers: {
          covered: false,
          labels: [
            { label: 'ID', code: 'PERMIT' },
            { label: 'HEALTH', code: 'CATEGORY_NOT_CONSENTED' },
          ],
        },
      },
    });
  });
});

describe('the end of a consent', () => {
  it('comes with a revocation, at once, and is told', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    expect(await revoke(id)).toMatchObject({ status: 'REVOKED', version: 2 });
    const [released] = JSON.parse((await basisOf(client.id))!.consentsJson) as Consent[];
    expect(released?.status).toBe('REVOKED');
    expect((await factOf('ConsentRevoked', id)).data).toMatchObject({ clientId: client.id, version: 2 });
  });

  it('can be brought about by the privacy officer, once, and not on an old version', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    expect((await revoke(id, { expectedVersion: 5 })).__typename).toBe('StaleVersion');
    expect((await revoke(id, {}, people.privacy)).__typename).toBe('Consent');
    expect((await revoke(id, { expectedVersion: 2 })).__typename).toBe('InvalidTransition');
  });

  it('comes with a newer one in its place', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    service.clock.now = new Date(service.clock.now.getTime() + 1000);
    const next = await supersede(id, { categories: ['ID'] });
    expect(next.id).not.toBe(id);
    expect((await factOf('ConsentSuperseded', next.id)).data).toMatchObject({ supersededId: id });
    expect((await consentsOf(client.id)).map(({ status }) => status)).toEqual(['SUPERSEDED', 'ACTIVE']);
  });

  it('comes also when the newer one equals another that is in force', async () => {
    const client = await aClient(service.ask, people.maria);
    const wide = await consentTo(service.ask, people.maria, client.id);
    const narrow = await consentTo(service.ask, people.maria, client.id, { categories: ['ID'] });
    const answer = await supersede(wide.id, { categories: ['ID'] });
    expect(answer).toEqual({ ...narrow, status: 'ACTIVE' });
    expect((await factOf('ConsentSuperseded', narrow.id)).data).toMatchObject({ supersededId: wide.id });
    expect(await consentsOf(client.id)).toEqual([
      { id: wide.id, status: 'SUPERSEDED', next: narrow.id, timer: false },
      { id: narrow.id, status: 'ACTIVE', next: null, timer: true },
    ]);
  });

  it('does not come with an equal form', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    expect(await supersede(id, {})).toMatchObject({ id, status: 'ACTIVE', version: 1 });
    expect(await service.recorded(client.id)).not.toContain('ConsentSuperseded');
  });

  it('and an equal form at the same moment are stored once', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const client = await aClient(service.ask, people.maria);
      const wide = await consentTo(service.ask, people.maria, client.id);
      const [recorded, superseding] = await Promise.all([
        consentTo(service.ask, people.maria, client.id, { categories: ['ID'] }),
        supersede(wide.id, { categories: ['ID'] }),
      ]);
      expect(superseding.id).toBe(recorded.id);
      expect((await consentsOf(client.id)).map(({ status }) => status)).toEqual(['SUPERSEDED', 'ACTIVE']);
    }
  });

  it('comes by itself when the last day is over', async () => {
    const real = service.clock.now;
    service.clock.now = new Date(real.getTime() - 3 * day);
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id, {
      expiry: { kind: 'DATE', date: dayIn('America/New_York', service.clock.now) },
    });
    service.clock.now = real;

    const fact = await eventually(() => factOf('ConsentExpired', id));
    expect(fact.data).toMatchObject({ consentId: id, clientId: client.id, version: 2 });
    expect(fact.cause.actor).toEqual({ kind: 'SYSTEM', id: 'clients' });
  });

  it('is for ever, and what was signed never changes, for every database role', async () => {
    const client = await aClient(service.ask, people.maria);
    const { id } = await consentTo(service.ask, people.maria, client.id);
    const { dataSource } = service.running;
    const change = (set: string) => dataSource.query(`update consent set ${set} where id = $1`, [id]);
    await expect(change(`categories = '{SUD}'`)).rejects.toThrow('what was signed does not change');
    await revoke(id);
    await expect(change(`status = 'ACTIVE', revoked_at = null`)).rejects.toThrow('does not come back');
    await expect(dataSource.query('delete from consent where id = $1', [id])).rejects.toThrow('permission');
  });
});

describe('the basis of a release', () => {
  it('is what shared/privacy can decide on', async () => {
    const client = await aClient(service.ask, people.maria, {
      dateOfBirth: '1988-04-12',
      postalCode: '33101',
      contactPoints: [{ kind: 'PHONE', value: '+13055550123' }],
    });
    await consentTo(service.ask, people.maria, client.id);
    const basis = (await basisOf(client.id))!;
    const [consent] = JSON.parse(basis.consentsJson) as Consent[];
    expect(consentIssues(consent!, { now: service.clock.now, timeZone: 'UTC' }, basis.privacy)).toEqual([]);
    expect(Object.keys(consent!)).not.toContain('recordedBy');
    expect(basis.snapshot).toMatchObject({ nameToUse: 'Ros', zip3: '331', phone: '+13055550123' });
  });

  it('is for services only: people and partners get nothing, unknown ids neither', async () => {
    const { id } = await aClient(service.ask, people.maria);
    expect(await basisOf(id, people.maria)).toBeNull();
    expect(
      await basisOf(id, aViewer(['PARTNER_SYSTEM'], { graph: 'PARTNER', agencyId: shelter })),
    ).toBeNull();
    expect(await basisOf('nonsense')).toBeNull();
  });
});
