import type { GraphQLClient } from '@throughline/testing';
import { services } from './a-directory.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import * as shelter from './partner-agency.ts';

/** Who works here; each on the graph that they belong to. */
export interface Crew {
  maria: GraphQLClient;
  amara: GraphQLClient;
}

/** Somebody who has been helped for a while, and papers that wait for their next step. */
export interface World {
  clientId: string;
  needId: string;
  planId: string;
  draft: maria.ReferralOutcome;
  /** One that the agency has read. */
  received: Outcome;
}

export interface Reading {
  title: string;
  who: keyof Crew;
  query: string;
  variables(world: World): Record<string, unknown>;
}

export interface Writing {
  title: string;
  who: keyof Crew;
  /** The type that is answered when it is done. */
  done: string;
  write(graph: GraphQLClient, world: World): Promise<unknown>;
}

export async function prepareWorld({ maria: graph, amara }: Crew): Promise<World> {
  const client = await maria.registerClient(graph);
  await maria.recordConsent(graph, client.id, maria.shelterConsent());
  await maria.scorePhq9(graph, client.id);
  const plan = await maria.openCarePlan(graph, client.id);
  await maria.addGoal(graph, plan.id, { statementInClientWords: 'A door I can lock' });
  const sent = await refer(graph, client.activeCase.needs[0]?.id);
  await maria.sendReferral(graph, sent);
  const received = await shelter.readReferral(amara, sent.id);
  if (!received) throw new Error('The agency cannot read the referral');

  const next = await maria.registerClient(graph);
  await maria.recordConsent(graph, next.id, maria.shelterConsent());
  const [bed, treatment] = next.activeCase.needs;
  return {
    clientId: client.id,
    needId: treatment?.id ?? '',
    planId: plan.id,
    draft: await refer(graph, bed?.id),
    received,
  };
}

function refer(graph: GraphQLClient, needId: string | undefined): Promise<maria.ReferralOutcome> {
  return maria.createReferral(graph, { needId, serviceId: services.nights });
}

const ofClient = ({ clientId }: World): Record<string, unknown> => ({ id: clientId });
const nothing = (): Record<string, unknown> => ({});

/** What is looked at every day; the names are the rows of a table in the README. */
export const readings: readonly Reading[] = [
  {
    title: 'see the caseload',
    who: 'maria',
    query: `query MyCaseload {
      myCaseload(first: 5) { edges { node {
        status nextContactDueAt
        client { id caseNumber name { nameToUse } openReferralCount carePlan { status } alerts { code title } }
      } } }
    }`,
    variables: nothing,
  },
  {
    title: 'open the start page in one request',
    who: 'maria',
    query: `query StartPage {
      myCaseload(first: 5) { edges { node { status client { caseNumber } } } }
      myNotifications(first: 5) { edges { node { code title } } }
      referrals(first: 5) { edges { node { status } } }
      instruments { code }
    }`,
    variables: nothing,
  },
  {
    title: 'open a client’s page',
    who: 'maria',
    query: `query OnePage($id: ID!) {
      client(id: $id) {
        caseNumber
        name { nameToUse }
        activeCase { status needs { category goals { lifecycle } referralRequests { status } } }
        carePlan { status goals { statementInClientWords lifecycle } }
        screenings(first: 5) { edges { node { instrument band } } }
        referralRequests { status referrals { status service { name } agency { name } } }
        alerts { code }
      }
    }`,
    variables: ofClient,
  },
  {
    title: 'read a client’s timeline',
    who: 'maria',
    query: `query Timeline($id: ID!) {
      client(id: $id) { caseNumber timeline(first: 25) { edges { node {
        occurredAt kind
        actor { kind staff { name } agency { name } }
        subject {
          __typename
          ... on Client { caseNumber }
          ... on Screening { band }
          ... on Referral { status service { name } }
        }
      } } } }
    }`,
    variables: ofClient,
  },
  {
    title: 'read the inbox',
    who: 'maria',
    query:
      '{ myNotifications(first: 20) { edges { node { code title requiresAck client { caseNumber } } } } }',
    variables: nothing,
  },
  {
    title: 'find services that fit',
    who: 'maria',
    query: `query Match {
      serviceMatches(input: { needCategory: HOMELESSNESS, ageYears: 34, language: "es" }, first: 3) {
        matches { score service { id name agency { name } } }
        excluded(first: 3) { service { name } reasons { code } }
      }
    }`,
    variables: nothing,
  },
  {
    title: 'read a referral',
    who: 'maria',
    query: `query Sent($id: ID!) {
      referral(id: $id) { status service { name } agency { name } client { caseNumber } caseManager { name } }
    }`,
    variables: ({ received }) => ({ id: received.id }),
  },
  {
    title: 'partner: read the inbox',
    who: 'amara',
    query: '{ partnerReferrals(first: 20) { edges { node { id status } } } }',
    variables: nothing,
  },
  {
    title: 'partner: read a referral',
    who: 'amara',
    query: `query Read($id: ID!) {
      partnerReferral(id: $id) { status needCategory person { name ageBand county } access { field reason } }
    }`,
    variables: ({ received }) => ({ id: received.id }),
  },
];

export const writings: readonly Writing[] = [
  {
    title: 'register a client',
    who: 'maria',
    done: 'Client',
    write: (graph) => maria.registerClient(graph),
  },
  {
    title: 'record a consent',
    who: 'maria',
    done: 'Consent',
    write: (graph, { clientId }) => maria.recordConsent(graph, clientId, maria.shelterConsent()),
  },
  {
    title: 'record a screening',
    who: 'maria',
    done: 'Screening',
    write: (graph, { clientId }) => maria.scorePhq9(graph, clientId),
  },
  {
    title: 'add a goal',
    who: 'maria',
    done: 'Goal',
    write: (graph, { planId }) => maria.addGoal(graph, planId, { statementInClientWords: 'My own kitchen' }),
  },
  {
    title: 'create a referral',
    who: 'maria',
    done: 'Referral',
    write: (graph, { needId }) => refer(graph, needId),
  },
  {
    title: 'send a referral',
    who: 'maria',
    done: 'Referral',
    write: (graph, { draft }) => maria.sendReferral(graph, draft),
  },
  {
    title: 'acknowledge a notification',
    who: 'maria',
    done: 'Notification',
    write: async (graph) => {
      const { edges } = await ask<{ edges: { node: { id: string; requiresAck: boolean } }[] }>(
        graph,
        '{ myNotifications(first: 50) { edges { node { id requiresAck } } } }',
      );
      return acknowledge(graph, edges.find(({ node }) => node.requiresAck)?.node.id);
    },
  },
  {
    title: 'partner: accept a referral',
    who: 'amara',
    done: 'PartnerReferral',
    write: (graph, { received }) => shelter.answer(graph, 'acceptReferral', received),
  },
];

function acknowledge(graph: GraphQLClient, id: string | undefined): Promise<Outcome> {
  return ask(
    graph,
    `mutation Ack($input: AcknowledgeNotificationInput!) {
      acknowledgeNotification(input: $input) { __typename ... on Problem { message } }
    }`,
    { input: { id } },
  );
}
