import type { GraphQLClient } from '@throughline/testing';
import { ask, type Outcome } from './ask.ts';

/** What a partner agency does on its own graph. */
export interface SeenReferral extends Outcome {
  status: string;
  needCategory: string | null;
  senderDisplayName: string;
  person: { name: string | null; phone: string | null; ageBand: string | null; county: string | null } | null;
  disclosure: { noticeText: string | null; redisclosureRule: string; disclosureRecordId: string } | null;
  access: { field: string; allowed: boolean; reason: string }[];
}

const seen = `__typename id status version needCategory senderDisplayName
  person { name phone ageBand county }
  disclosure { noticeText redisclosureRule disclosureRecordId }
  access { field allowed reason }`;

export function readReferral(graph: GraphQLClient, id: string): Promise<SeenReferral | null> {
  return ask(graph, `query Read($id: ID!) { partnerReferral(id: $id) { ${seen} } }`, { id });
}

export function inbox(graph: GraphQLClient): Promise<{ edges: { node: { id: string; status: string } }[] }> {
  return ask(graph, '{ partnerReferrals(first: 50) { edges { node { id status } } } }');
}

export function answer(
  graph: GraphQLClient,
  command: 'acceptReferral' | 'startReferralService' | 'closeReferralResolved',
  referral: Outcome,
  more: Record<string, unknown> = {},
): Promise<SeenReferral> {
  const inputType = {
    acceptReferral: 'PartnerStepInput',
    startReferralService: 'StartReferralServiceInput',
    closeReferralResolved: 'CloseReferralResolvedInput',
  }[command];
  return ask(
    graph,
    `mutation Answer($input: ${inputType}!) {
      ${command}(input: $input) { __typename ... on PartnerReferral { ${seen} } ... on Problem { message } }
    }`,
    { input: { id: referral.id, expectedVersion: referral.version, ...more } },
  );
}

export function subscribe(
  graph: GraphQLClient,
  url: string,
): Promise<{ __typename: string; secret: string }> {
  return ask(
    graph,
    `mutation Subscribe($input: CreateWebhookSubscriptionInput!) {
      createWebhookSubscription(input: $input) {
        __typename ... on WebhookSecretShown { secret } ... on InvalidInput { message issues { path code message } }
      }
    }`,
    { input: { url } },
  );
}
