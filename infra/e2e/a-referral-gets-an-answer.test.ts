import { demonstrationAgencies } from '@throughline/sign-in';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { startReceiver, type Receiver } from './a-receiver.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import * as shelter from './partner-agency.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Timeline {
  timeline: {
    edges: {
      node: {
        occurredAt: string;
        kind: string;
        actor: { kind: string; staff: { name: string } | null; agency: { name: string } | null };
        subject: { __typename: string } | null;
      };
    }[];
  };
}

const timelineQuery = `query Timeline($id: ID!) {
  client(id: $id) {
    timeline(first: 100) {
      edges { node {
        occurredAt kind
        actor { kind staff { name } agency { name } }
        subject {
          __typename
          ... on Client { caseNumber }
          ... on Consent { kind }
          ... on Screening { band }
          ... on Goal { lifecycle }
          ... on Referral { status service { name } }
          ... on Notification { code }
        }
      } }
    }
  }
}`;

const inboxQuery = `{
  myNotifications(first: 50) {
    edges { node { id code requiresAck state subject { __typename } client { id } } }
  }
}`;

interface Inbox {
  edges: {
    node: { id: string; code: string; requiresAck: boolean; state: string; client: { id: string } | null };
  }[];
}

describeKafka('a referral gets an answer', () => {
  let system: StorySystem;
  let receiver: Receiver;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let agency: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    receiver = await startReceiver();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    agency = await system.as('shelter-system');
  });

  afterAll(async () => {
    receiver.close();
    await system.close();
  });

  const notified = (who: GraphQLClient, code: string, clientId: string) =>
    eventually(async () => {
      const { edges } = await ask<Inbox>(who, inboxQuery);
      const found = edges.find(({ node }) => node.code === code && node.client?.id === clientId)?.node;
      if (!found) throw new Error(`${code} has not arrived`);
      return found;
    });

  describe('from the first call to a bed', () => {
    let secret: string;
    let client: maria.Registered;
    let consent: Outcome;
    let referral: maria.ReferralOutcome;
    let seen: shelter.SeenReferral;

    it('the agency subscribes to events', async () => {
      const subscription = await shelter.subscribe(agency, receiver.url);
      expect(subscription).toMatchObject({ __typename: 'WebhookSecretShown' });
      secret = subscription.secret;
    });

    it('1: a case manager registers a client with needs in the client’s own order', async () => {
      client = await maria.registerClient(caseManager);
      expect(client.__typename).toBe('Client');
      expect(client.activeCase.needs.map(({ category }) => category)).toEqual([
        'HOMELESSNESS',
        'MENTAL_HEALTH_TREATMENT',
      ]);
    });

    it('2: a deficient consent comes back with every missing element; a whole one is valid', async () => {
      const deficient = await maria.recordConsent(caseManager, client.id, {
        ...maria.shelterConsent(),
        ...{ expiry: null, signatures: [], purposes: [] },
      });
      expect(deficient.__typename).toBe('ConsentDeficient');
      expect(deficient.issues?.length).toBeGreaterThanOrEqual(3);
    });

    it('3: a PHQ-9 is scored; thoughts of death reach the supervisor and must be acknowledged', async () => {
      await expect(maria.scorePhq9(caseManager, client.id)).resolves.toMatchObject({
        total: 12,
        band: 'MODERATE',
        positive: true,
      });
      const alert = await notified(supervisor, 'SCREEN_POSITIVE_SAFETY', client.id);
      expect(alert.requiresAck).toBe(true);
      const acknowledged = await ask<Outcome>(
        supervisor,
        `mutation Ack($input: AcknowledgeNotificationInput!) {
          acknowledgeNotification(input: $input) { __typename ... on Problem { message } }
        }`,
        { input: { id: alert.id } },
      );
      expect(acknowledged.__typename).toBe('Notification');
    });

    it('4: a goal without its parts cannot become active, and the answer says which', async () => {
      const plan = await maria.openCarePlan(caseManager, client.id);
      const goal = await maria.addGoal(caseManager, plan.id, { statementInClientWords: 'A door I can lock' });
      const refused = await maria.activateGoal(caseManager, goal);
      expect(refused).toMatchObject({
        __typename: 'GoalIncomplete',
        missing: ['MEASURE', 'TARGET', 'DUE_DATE'],
      });

      const whole = await maria.reviseGoal(caseManager, goal, {
        measure: { metric: 'nights indoors a week', baseline: 0, target: 7, unit: 'nights' },
        dueOn: '2099-06-30',
      });
      await expect(maria.activateGoal(caseManager, whole)).resolves.toMatchObject({ __typename: 'Goal' });
    });

    it('5: services that fit come with score, parts and unknowns; others say why not', async () => {
      const matches = await ask<{
        matches: { service: { id: string }; score: number; parts: unknown[]; unknowns: string[] }[];
        excluded: { service: { id: string }; reasons: unknown[] }[];
      }>(
        caseManager,
        `query Match($input: MatchInput!) {
          serviceMatches(input: $input) {
            matches { service { id } score parts { code points } unknowns }
            excluded { service { id } reasons { code message } }
          }
        }`,
        { input: { needCategory: 'HOMELESSNESS', ageYears: 35, language: 'es', interpreterNeeded: true } },
      );
      expect(matches.matches.map(({ service }) => service.id)).toContain(services.nights);
      const families = matches.excluded.find(({ service }) => service.id === services.families);
      expect(families?.reasons.length).toBeGreaterThan(0);
    });

    it('6: it is not sent without a consent that covers it, and is sent with one', async () => {
      referral = await maria.createReferral(caseManager, {
        needId: client.activeCase.needs[0]?.id,
        serviceId: services.nights,
        matchScore: 70,
        declinedOptions: [{ serviceId: services.withdrawal, reason: 'not what I need' }],
        reasonText: 'Needs a bed from tonight on',
      });
      expect(referral.status).toBe('DRAFT');
      const refused = await maria.sendReferral(caseManager, referral);
      expect(refused.__typename).toBe('ConsentRequired');
      expect(refused.reasons?.map(({ code }) => code)).toContain('NO_CONSENT');

      consent = await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
      expect(consent).toMatchObject({ __typename: 'Consent', isValid: true });
      await expect(maria.sendReferral(caseManager, referral)).resolves.toMatchObject({ status: 'SENT' });
    });

    it('7: the agency is told ids only, reads without a name, accepts, and then sees the person', async () => {
      await eventually(() => receiver.deliveries.length > 0);
      expect(receiver.verified(secret)[0]).toMatchObject({
        type: 'partner.referral.sent',
        data: { referralId: referral.id, status: 'SENT' },
      });
      expect(receiver.deliveries.map(({ body }) => body).join('')).not.toMatch(
        /Sorrel|Billie|3055550123|HOMELESS/,
      );

      const first = await shelter.readReferral(agency, referral.id);
      expect(first).toMatchObject({
        status: 'RECEIVED',
        person: { name: null, phone: null, county: 'Miami-Dade' },
      });
      expect(first?.access).toContainEqual(expect.objectContaining({ field: 'person.name', allowed: false }));

      seen = await shelter.answer(agency, 'acceptReferral', first as Outcome);
      expect(seen).toMatchObject({
        status: 'ACCEPTED',
        person: { name: 'Billie 🌱', phone: '+13055550123' },
      });
      expect(seen.disclosure?.redisclosureRule).toBeTruthy();
    });

    it('8: the case manager is told, and one query tells the whole story in order', async () => {
      await notified(caseManager, 'REFERRAL_ACCEPTED', client.id);
      const entries = await eventually(async () => {
        const { timeline } = await ask<Timeline>(caseManager, timelineQuery, { id: client.id });
        const nodes = timeline.edges.map(({ node }) => node);
        expect(nodes.map(({ kind }) => kind)).toContain('ReferralAccepted');
        return nodes;
      });
      const kinds = entries.map(({ kind }) => kind);
      const order = [
        'ClientRegistered',
        'CaseOpened',
        'ScreeningScored',
        'GoalActivated',
        'ConsentRecorded',
        'ReferralSent',
        'ReferralAccepted',
      ];
      expect(kinds.filter((kind) => order.includes(kind))).toEqual(order);
      expect(entries.map(({ occurredAt }) => occurredAt)).toEqual(
        entries.map(({ occurredAt }) => occurredAt).toSorted(),
      );

      const accepted = entries.find(({ kind }) => kind === 'ReferralAccepted');
      expect(accepted?.actor.agency?.name).toBe(demonstrationAgencies.shelter.name);
      expect(entries[0]?.actor.staff?.name).toBe('Maria Ostervald');
      expect(new Set(entries.map(({ subject }) => subject?.__typename))).toEqual(
        new Set([
          'Client',
          'CaseFile',
          'Need',
          'Consent',
          'Screening',
          'CarePlan',
          'Goal',
          'ReferralRequest',
          'Referral',
          'Notification',
        ]),
      );
    });

    it('9: the service begins, the outcome is told, the need is met', async () => {
      const started = await shelter.answer(agency, 'startReferralService', seen, {
        firstServiceAt: new Date().toISOString(),
      });
      expect(started.status).toBe('IN_PROGRESS');
      const closed = await shelter.answer(agency, 'closeReferralResolved', started, {
        outcomeCode: 'HOUSED',
      });
      expect(closed.status).toBe('COMPLETED');

      await eventually(async () => {
        const { activeCase } = await ask<{ activeCase: { needs: { id: string; status: string }[] } }>(
          caseManager,
          'query Needs($id: ID!) { client(id: $id) { activeCase { needs { id status } } } }',
          { id: client.id },
        );
        expect(activeCase.needs.map(({ status }) => status)).toEqual(['MET', 'OPEN']);
      });
      expect(consent.id).toBeTruthy();
    });
  });

  describe('when the client takes the consent back', () => {
    it('10: the agency sees a tombstone from that commit on, and the ledger keeps what was disclosed', async () => {
      const client = await maria.registerClient(caseManager);
      const consent = await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
      const draft = await maria.createReferral(caseManager, {
        needId: client.activeCase.needs[0]?.id,
        serviceId: services.nights,
      });
      await maria.sendReferral(caseManager, draft);
      const first = await shelter.readReferral(agency, draft.id);
      await shelter.answer(agency, 'acceptReferral', first as Outcome);
      await eventually(() =>
        receiver.deliveries.some(({ body }) => body.includes(draft.id) && body.includes('ACCEPTED')),
      );

      await expect(maria.revokeConsent(caseManager, consent)).resolves.toMatchObject({
        __typename: 'Consent',
      });
      const tombstone = await shelter.readReferral(agency, draft.id);
      expect(tombstone).toMatchObject({ id: draft.id, person: null, disclosure: null, needCategory: null });

      await notified(caseManager, 'CONSENT_REVOKED', client.id);
      await eventually(async () => {
        expect(await shelter.readReferral(agency, draft.id)).toMatchObject({ status: 'CANCELLED' });
      });
      for (const { body } of receiver.deliveries)
        expect(body).not.toMatch(/Sorrel|Billie|HOMELESS|REFERRAL_HOUSING/);

      const privacyOfficer = await system.as('tomasz');
      await eventually(async () => {
        const { disclosures } = await ask<{ disclosures: { edges: { node: { purpose: string } }[] } }>(
          privacyOfficer,
          'query Ledger($id: ID!) { client(id: $id) { disclosures(first: 50) { edges { node { purpose } } } } }',
          { id: client.id },
        );
        expect(disclosures.edges.length).toBeGreaterThanOrEqual(2);
      });
    });

    it('no other agency and no other case manager learns that there is a referral', async () => {
      const client = await maria.registerClient(caseManager);
      const draft = await maria.createReferral(caseManager, {
        needId: client.activeCase.needs[0]?.id,
        serviceId: services.nights,
      });
      await expect(shelter.readReferral(await system.as('dario'), draft.id)).resolves.toBeNull();
      await expect(shelter.readReferral(agency, draft.id)).resolves.toBeNull();
      const other = await system.as('jonah');
      await expect(
        ask(other, 'query C($id: ID!) { client(id: $id) { id } }', { id: client.id }),
      ).resolves.toBeNull();
      await expect(
        ask(other, 'query R($id: ID!) { referral(id: $id) { id } }', { id: draft.id }),
      ).resolves.toBeNull();
    });
  });
});
