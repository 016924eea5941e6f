import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import { recordConsent, shelterConsent } from './case-manager.ts';
import { register, somebody } from './casework.ts';
import * as leila from './intake-worker.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Inbox {
  edges: { node: { id: string; code: string; subject: { __typename: string; id?: string } | null } }[];
}

const inboxQuery = `{
  myNotifications(first: 50) {
    edges { node { id code subject { __typename ... on Inquiry { id } } } }
  }
}`;

describeKafka('from the first call', () => {
  let system: StorySystem;
  let intake: GraphQLClient;
  let lead: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    intake = await system.as('leila');
    lead = await system.as('ines');
  });
  afterAll(() => system.close());

  const told = (who: GraphQLClient, code: string, inquiryId: string) =>
    eventually(async () => {
      const { edges } = await ask<Inbox>(who, inboxQuery);
      const found = edges.find(({ node }) => node.code === code && node.subject?.id === inquiryId)?.node;
      if (!found) throw new Error(`${code} has not arrived`);
      return found;
    });

  describe('the call line', () => {
    it('takes an anonymous call in a crisis, names the lines at once, and ends with the transfer', async () => {
      const call = await leila.openInquiry(intake, { anonymous: true, language: 'es' });
      const answered = await leila.act(intake, 'answerTriage', call, {
        answers: [{ question: 'danger-now', answers: ['YES'] }],
      });
      expect(answered).toMatchObject({
        urgency: 'CRISIS',
        transferTo: [{ number: '911' }, { number: '988', textNumber: '988' }],
      });
      expect(answered.advice?.[0]).toMatch(/call 911/);
      await told(lead, 'CRISIS_CALL', call.id);

      const refused = await leila.act(intake, 'endInquiry', answered, { disposition: 'INFO_GIVEN' });
      expect(refused.issues).toMatchObject([{ path: 'transfer', code: 'MISSING' }]);
      const transfer = { result: 'TRANSFERRED', lineId: answered.transferTo?.[0]?.id };
      const ended = await leila.act(intake, 'endInquiry', answered, {
        disposition: 'EMERGENCY_911',
        transfer,
      });
      expect(ended).toMatchObject({ status: 'ENDED', disposition: 'EMERGENCY_911' });
    });

    it('promises a call, is told before its time, and a missed one goes to the lead, and further up', async () => {
      const call = await leila.openInquiry(intake, {
        ...{ urgency: 'URGENT', callbackNumber: '(305) 555-0142 ext. 7', safeToCallBack: true },
        callerRelation: 'FAMILY',
      });
      expect(call).toMatchObject({ callbackNumber: '+13055550142', callbackExtension: '7' });
      const at = (minutes: number) => new Date(system.clock.now().getTime() + minutes * 60_000).toISOString();
      const promise = (minutes: number) =>
        leila.act(intake, 'endInquiry', call, {
          disposition: 'CALLBACK_SCHEDULED',
          callback: { at: at(minutes) },
        });
      expect((await promise(-5)).issues).toMatchObject([{ path: 'callback.at', code: 'IN_PAST' }]);
      await expect(promise(60)).resolves.toMatchObject({
        status: 'CALLBACK',
        disposition: 'CALLBACK_SCHEDULED',
      });

      await system.clock.forward({ minutes: 51 });
      await told(intake, 'CALLBACK_DUE', call.id);
      await system.clock.forward({ minutes: 10 });
      await told(lead, 'CALLBACK_MISSED', call.id);
      const desk = await leila.readDesk(intake);
      expect(desk.overdueCallbacks).toMatchObject([{ id: call.id, callback: { isOverdue: true } }]);

      // Nobody acknowledges: the administrator is told, as there is no supervisor above.
      await system.clock.forward({ minutes: 31 });
      await told(await system.as('ruth'), 'CALLBACK_MISSED', call.id);
    });

    it('says the same about a number, whether it is of a client or of nobody', async () => {
      const number = '+13055550177';
      const registration = {
        ...leila.aPerson('Odalys Ferrante'),
        contactPoints: [{ kind: 'PHONE', value: number }],
      };
      const first = await leila.openInquiry(intake);
      await expect(leila.convert(intake, first, { registration })).resolves.toMatchObject({
        __typename: 'Client',
      });
      const answers = [];
      for (const callbackNumber of [number, '+13055550178']) {
        const call = await leila.openInquiry(intake, { callbackNumber });
        answers.push({ ...call, id: null, callbackNumber: null, receivedAt: null });
      }
      expect(answers[0]).toEqual(answers[1]);
    });
  });

  describe('the call that leads to a client', () => {
    it('is converted once, however often it is asked, also when the service goes down meanwhile', async () => {
      const call = await leila.openInquiry(intake, {
        presentingConcern: 'My brother wants to stop drinking',
      });
      const registration = leila.aPerson('Wendelin Achterberg');
      const input = { registration, idempotencyKey: `convert/${call.id}` };
      const attempt = leila.convert(intake, call, input).catch(() => null);
      await system.services.clients.stop();
      await attempt;
      await system.services.clients.start();

      const client = await eventually(() => leila.convert(intake, call, input));
      expect(client.__typename).toBe('Client');
      await expect(leila.convert(intake, call, input)).resolves.toMatchObject({ id: client.id });
      const second = await leila.convert(lead, call, { registration });
      expect(second).toMatchObject({ __typename: 'InvalidTransition' });

      const { firstContactAt, firstInquiry } = client.activeCase;
      expect(firstInquiry.id).toBe(call.id);
      expect(firstContactAt).toBe(call.receivedAt);
    });

    it('stands in the timeline of the client, and the page of the client leads to it', async () => {
      const call = await leila.openInquiry(intake, { presentingConcern: 'Needs a place tonight' });
      const client = await leila.convert(intake, call, {
        registration: leila.aPerson('Fenna Lindqvist-Oak'),
      });
      const { timeline } = await eventually(async () => {
        const read = await ask<{
          timeline: { edges: { node: { kind: string; subject: Outcome | null } }[] };
        }>(
          lead,
          `query ($id: ID!) { client(id: $id) { timeline(first: 50) { edges { node {
             kind subject { __typename ... on Inquiry { id presentingConcern } } } } } } }`,
          { id: client.id },
        );
        expect(read.timeline.edges.map(({ node }) => node.kind)).toContain('InquiryConverted');
        return read;
      });
      const entry = timeline.edges.find(({ node }) => node.kind === 'InquiryConverted');
      expect(entry?.node.subject).toEqual({
        ...{ __typename: 'Inquiry', id: call.id },
        presentingConcern: 'Needs a place tonight',
      });
      // A case manager who does not work with the client sees neither of them.
      const jonah = await system.as('jonah');
      await expect(
        ask(jonah, 'query ($id: ID!) { client(id: $id) { id } }', { id: client.id }),
      ).resolves.toBeNull();
    });
  });

  describe('search before create', () => {
    const person = {
      ...{ legalName: 'Siobhán O’Rourke-Năstase', nameToUse: null, dateOfBirth: '1979-05-06' },
      contactPoints: [{ kind: 'PHONE', value: '+13055550191' }],
      externalIds: [{ system: 'HMIS', value: 'HM-47110' }],
    };
    let known: { id: string; caseNumber: string };
    beforeAll(async () => {
      known = await register(intake, person);
    });
    interface Found {
      edges: { matchedOn: string[]; node: { id: string } }[];
      others: { edges: { node: object }[] };
    }
    const search = (who: GraphQLClient, text: string) =>
      ask<Found>(
        who,
        `query ($search: String!) { clients(search: $search, first: 10) {
          edges { matchedOn node { id } }
          others(first: 10) { edges { node { name { legal } birthYear worker { id } } } }
        } }`,
        { search: text },
      );

    it.each([
      ['turned around, without accents', "O'Rourke-Nastase, Siobhan", 'NAME'],
      ['in decomposed letters', person.legalName.normalize('NFD'), 'NAME'],
      ['with a slip', 'Siobhan Orourek', 'NAME_SIMILAR'],
      ['in part', 'nast', 'NAME_PART'],
      ['by a telephone in another notation', '(305) 555-0191', 'PHONE'],
      ['by the day of birth', '5/6/1979', 'DATE_OF_BIRTH'],
      ['by the number in another system', 'hm 47110', 'EXTERNAL_ID'],
    ])('finds a name %s, and says by what', async (_how, text, match) => {
      const { edges } = await search(intake, text);
      const found = edges.find(({ node }) => node.id === known.id);
      expect(found?.matchedOn).toContain(match);
    });

    it('finds the case number, and shows nobody else more than name, year of birth and worker, by name only', async () => {
      expect((await search(intake, known.caseNumber)).edges).toMatchObject([
        { matchedOn: ['CASE_NUMBER'], node: { id: known.id } },
      ]);
      const jonah = await system.as('jonah');
      const byName = await search(jonah, 'Siobhan Nastase');
      expect(byName).toEqual({
        edges: [],
        others: {
          edges: [{ node: { name: { legal: person.legalName }, birthYear: 1979, worker: null } }],
        },
      });
      for (const text of ['(305) 555-0191', known.caseNumber, 'HM-47110', '1979-05-06'])
        expect(await search(jonah, text)).toEqual({ edges: [], others: { edges: [] } });
    });

    it('registers nobody twice unknowingly: the likely ones with what agrees, until somebody says it is another', async () => {
      const again = { ...person, legalName: "Siobhan O'Rourke Nastase", externalIds: [] };
      const twin = { ...again, contactPoints: [{ kind: 'PHONE', value: '+13055550192' }] };
      const refused = await register(intake, twin);
      expect(refused.__typename).toBe('PossibleDuplicates');
      expect(refused.candidates).toMatchObject([{ record: { id: known.id } }]);
      expect(refused.candidates?.[0]?.evidence).toEqual(
        expect.arrayContaining([
          { field: 'NAME', verdict: 'AGREES' },
          { field: 'DATE_OF_BIRTH', verdict: 'AGREES' },
          { field: 'PHONE', verdict: expect.stringMatching(/CONTRADICTS|SIMILAR/) as string },
        ]),
      );
      const another = await register(intake, { ...twin, notDuplicates: refused.token });
      expect(another.__typename).toBe('Client');
      const kept = await ask<{ duplicateRulings: object[] }>(
        intake,
        'query ($id: ID!) { client(id: $id) { duplicateRulings { record { id } by { name } } } }',
        { id: another.id },
      );
      expect(kept.duplicateRulings).toEqual([{ record: { id: known.id }, by: { name: 'Leila Marchbank' } }]);
    });
  });

  describe('what a group of people needs', () => {
    const inDays = (days: number) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
        new Date(system.clock.now().getTime() + days * 86_400_000),
      );
    const groups: [string, () => object, string, string][] = [
      [
        'a child',
        () => ({ dateOfBirth: '2018-04-05', consentAuthority: 'GUARDIAN' }),
        'REQUIRED',
        'GUARDIAN_SIGNATURE',
      ],
      ['somebody of 78 years', () => ({ dateOfBirth: '1948-04-05' }), 'OFFERED', 'DEPRESSION_GDS_15'],
      ['somebody without a home', () => ({ livingSituation: '116' }), 'FORBIDDEN', 'ASK_FOR_ADDRESS'],
      ['somebody in prison', () => ({ custody: { releaseOn: inDays(20) } }), 'REQUIRED', 'RELEASE_PLAN_30'],
      ['somebody just released', () => ({ custody: { releaseOn: inDays(-3) } }), 'WARNED', 'OVERDOSE_RISK'],
      ['a chronic illness', () => ({ populations: ['CHRONIC_ILLNESS'] }), 'REQUIRED', 'PRIMARY_CARE'],
      ['an addiction', () => ({ populations: ['SUBSTANCE_USE'] }), 'OFFERED', 'NALOXONE'],
      ['a mental illness', () => ({ populations: ['MENTAL_HEALTH'] }), 'OFFERED', 'SAFETY_PLAN'],
      [
        'another language',
        () => ({ interpreterNeeded: true, preferredLanguage: 'ht' }),
        'REQUIRED',
        'BOOK_INTERPRETER',
      ],
      [
        'a prohibition of contact',
        () => ({ safeContact: { contactProhibited: true } }),
        'FORBIDDEN',
        'CONTACT',
      ],
    ];

    it.each(groups)(
      'is said for %s, who needs no address to be registered',
      async (_who, record, kind, code) => {
        const { id } = await register(intake, somebody(record()));
        const { attention } = await ask<{ attention: { kind: string; code: string; reason: string }[] }>(
          intake,
          'query ($id: ID!) { client(id: $id) { attention { kind code reason } } }',
          { id },
        );
        expect(attention.find((one) => one.code === code)).toMatchObject({ kind });
      },
    );

    it('takes effect: without the guardian the consent of a child is deficient', async () => {
      const caseManager = await system.as('maria');
      const child = somebody({ dateOfBirth: '2018-06-07', consentAuthority: 'GUARDIAN' });
      const { id } = await register(caseManager, child);
      const consent = { ...shelterConsent(), patientNameAsSigned: child.legalName };
      const signed = (by: string, capacity: string, papers: object = {}) => ({
        ...consent,
        signatures: [{ by, capacity, method: 'ELECTRONIC', ...papers }],
      });
      const alone = await recordConsent(caseManager, id, signed(child.legalName, 'PATIENT'));
      expect(alone.__typename).toBe('ConsentDeficient');
      const whole = await recordConsent(
        caseManager,
        id,
        signed('Emeka Abernethy', 'GUARDIAN', { authorityDocId: 'letter-of-guardianship' }),
      );
      expect(whole).toMatchObject({ __typename: 'Consent', isValid: true });
    });
  });
});
