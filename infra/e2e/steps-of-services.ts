import type { ServiceName } from '@throughline/local/infrastructure';
import { eventually, type GraphQLClient } from '@throughline/testing';
import { services } from './a-directory.ts';
import { ask } from './ask.ts';
import * as jonah from './case-manager.ts';

/** Number of different steps; a caller that needs more repeats the first, with its key. */
const categories = [
  'DENTAL',
  'DIGITAL_ACCESS',
  'DIGITAL_LITERACY',
  'EDUCATIONAL_ATTAINMENT',
  'EMPLOYMENT_STATUS',
  'FINANCIAL_INSECURITY',
  'FOOD_INSECURITY',
  'HOMELESSNESS',
  'HOUSING_INSTABILITY',
  'INADEQUATE_HOUSING',
  'LANGUAGE_ACCESS',
  'MATERIAL_HARDSHIP',
  'SOCIAL_CONNECTION',
  'STRESS',
  'TRANSPORTATION_INSECURITY',
  'UTILITY_INSECURITY',
];
const ranks = categories.map((_, index) => index + 1);

/** One kind of step, about one client, and what there is of it. */
export interface Step {
  mutation: string;
  done: string;
  inputs: object[];
  /** Ids of what these steps have made. */
  made: () => Promise<string[]>;
  /** What the timeline calls it. */
  fact: string;
  clientId: string;
}

export interface Edges<Node> {
  edges: { node: Node }[];
}

/** A client with a need of each category, and one kind of step of that service. */
export async function prepareStep(graph: GraphQLClient, name: ServiceName): Promise<Step> {
  const needs = categories.map((category, index) => ({ category, clientRank: index + 1 }));
  return steps[name](graph, await jonah.registerClient(graph, needs));
}

type Prepare = (graph: GraphQLClient, client: jonah.Registered) => Promise<Step> | Step;

const steps: Record<ServiceName, Prepare> = {
  clients: (graph, { id: clientId }) => {
    const consent = jonah.shelterConsent();
    return {
      mutation: mutation('recordConsent', 'Consent'),
      done: 'Consent',
      // Equal consents are one consent, so each says something else.
      inputs: ranks.map((rank) => ({
        clientId,
        consent: { ...consent, infoDescription: `Name, contact and housing situation, form ${rank}` },
        idempotencyKey: `consent ${rank} ${clientId}`,
      })),
      made: async () => {
        const { consents } = await look<{ consents: WithId[] }>(graph, clientId, 'consents { id }');
        return consents.map(({ id }) => id);
      },
      fact: 'ConsentRecorded',
      clientId,
    };
  },

  treatment: async (graph, { id: clientId }) => {
    const { id: carePlanId } = await jonah.openCarePlan(graph, clientId);
    return {
      mutation: mutation('addGoal', 'Goal'),
      done: 'Goal',
      inputs: ranks.map((rank) => ({
        carePlanId,
        domain: 'HOME',
        statementInClientWords: 'A door I can lock',
        idempotencyKey: `goal ${rank} ${clientId}`,
      })),
      made: async () => {
        const { carePlan } = await look<{ carePlan: { goals: WithId[] } }>(
          graph,
          clientId,
          'carePlan { goals { id } }',
        );
        return carePlan.goals.map(({ id }) => id);
      },
      fact: 'GoalProposed',
      clientId,
    };
  },

  referrals: (graph, { id: clientId, activeCase }) => ({
    mutation: mutation('createReferral', 'Referral'),
    done: 'Referral',
    inputs: activeCase.needs.map(({ id: needId }) => ({
      needId,
      serviceId: services.nights,
      idempotencyKey: `referral ${needId}`,
    })),
    made: async () => {
      const { referralRequests } = await look<{ referralRequests: { referrals: WithId[] }[] }>(
        graph,
        clientId,
        'referralRequests { referrals { id } }',
      );
      return referralRequests.flatMap(({ referrals }) => referrals.map(({ id }) => id));
    },
    fact: 'ReferralCreated',
    clientId,
  }),

  notifications: async (graph, { id: clientId }) => {
    await Promise.all(ranks.map(() => jonah.scorePhq9(graph, clientId)));
    const alerts = await eventually(
      async () => {
        const found = await told(graph, clientId, 'codes: [SCREEN_POSITIVE_SAFETY]');
        expect(found).toHaveLength(ranks.length);
        return found;
      },
      { timeoutMs: 60_000 },
    );
    return {
      mutation: mutation('acknowledgeNotification', 'Notification'),
      done: 'Notification',
      inputs: alerts.map((id) => ({ id, idempotencyKey: `acknowledge ${id}` })),
      made: () => told(graph, clientId, 'state: [ACKNOWLEDGED]'),
      fact: 'NotificationAcknowledged',
      clientId,
    };
  },
};

interface WithId {
  id: string;
}

function mutation(field: string, done: string): string {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  return `mutation InDoubt($input: ${type}) {
    outcome: ${field}(input: $input) { __typename ... on ${done} { id } ... on Problem { message } }
  }`;
}

function look<Found>(graph: GraphQLClient, id: string, fields: string): Promise<Found> {
  return ask(graph, `query Made($id: ID!) { client(id: $id) { ${fields} } }`, { id });
}

async function told(graph: GraphQLClient, clientId: string, filter: string): Promise<string[]> {
  const { edges } = await ask<Edges<{ id: string; client: WithId | null }>>(
    graph,
    `{ myNotifications(${filter}, first: 100) { edges { node { id client { id } } } } }`,
  );
  return edges.filter(({ node }) => node.client?.id === clientId).map(({ node }) => node.id);
}
