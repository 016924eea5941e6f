import type { GraphQLClient } from '@throughline/testing';
import { ask, type Outcome } from './ask.ts';

/** What an intake worker does, as the screen of the intake desk would send it. */
export interface SeenInquiry extends Outcome {
  receivedAt?: string;
  status?: string;
  urgency?: string;
  disposition?: string | null;
  callbackNumber?: string | null;
  callbackExtension?: string | null;
  advice?: string[];
  transferTo?: { id: string; number: string; textNumber: string | null }[];
  issues?: { path: string; code: string }[];
}

const inquiryFields = `id version receivedAt status urgency disposition callbackNumber callbackExtension advice
  transferTo { id number textNumber }`;
const problem = '... on Problem { message } ... on InvalidInput { issues { path code } }';

export function openInquiry(graph: GraphQLClient, input: object = {}): Promise<SeenInquiry> {
  return ask(
    graph,
    `mutation Open($input: OpenInquiryInput!) {
      openInquiry(input: $input) { __typename ... on Inquiry { ${inquiryFields} } ${problem} }
    }`,
    { input: { channel: 'CALL', callerRelation: 'SELF', ...input } },
  );
}

/** A further step of the inquiry at the version that was read. */
export function act(
  graph: GraphQLClient,
  name: 'answerTriage' | 'endInquiry',
  { id, version }: SeenInquiry,
  input: object,
): Promise<SeenInquiry> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return ask(
    graph,
    `mutation Step($input: ${type}!) {
      ${name}(input: $input) { __typename ... on Inquiry { ${inquiryFields} } ${problem} }
    }`,
    { input: { id, expectedVersion: version, ...input } },
  );
}

export interface ConvertedClient extends Outcome {
  activeCase: { id: string; firstContactAt: string; firstInquiry: { id: string } };
}

export function convert(graph: GraphQLClient, { id }: SeenInquiry, input: object): Promise<ConvertedClient> {
  return ask(
    graph,
    `mutation Convert($input: ConvertInquiryInput!) {
      convertInquiry(input: $input) {
        __typename
        ... on Client { id version activeCase { id firstContactAt firstInquiry { id } } }
        ${problem}
      }
    }`,
    { input: { id, ...input } },
  );
}

export const aPerson = (legalName: string) => ({
  legalName,
  dateOfBirth: '1990-02-03',
  needs: [{ category: 'HOMELESSNESS', clientRank: 1 }],
});

export interface Desk {
  overdueCallbacks: { id: string; callback: { dueAt: string; isOverdue: boolean } }[];
}

export function readDesk(graph: GraphQLClient): Promise<Desk> {
  return ask(
    graph,
    `{ intakeDesk {
      open { id urgency }
      overdueCallbacks { id callback { dueAt isOverdue } }
      dueCallbacks { id }
      laterToday { id }
      linesOpenNow { number }
      triageScript { number }
    } }`,
  );
}
