import { idOf } from '@throughline/gateway/mock/thing.ts';

/** One operation of a front end, asked for another id each time. */
export interface BenchOperation {
  name: string;
  operationName: string;
  query: string;
  variables: (n: number) => Record<string, unknown>;
}

const caseload = `query Caseload($after: Cursor) {
  myCaseload(first: 20, after: $after) {
    edges {
      cursor
      node {
        id status nextContactDueAt
        client { id caseNumber name { nameToUse } openReferralCount carePlan { status } alerts { code title } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const timeline = `query Timeline($id: ID!) {
  client(id: $id) {
    id caseNumber
    timeline(first: 100) {
      edges {
        cursor
        node {
          id occurredAt kind
          actor { kind staff { id name } agency { id name } }
          subject {
            __typename
            ... on Consent { id consentStatus: status }
            ... on Screening { id instrument band }
            ... on Referral { id referralStatus: status service { id name } }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const lookUp = `query LookUp($id: ID!) { client(id: $id) { id caseNumber status } }`;

/** A screen of one page of a caseload, the whole story of one person, one light question. */
export const operations: readonly BenchOperation[] = [
  {
    name: 'caseload page',
    operationName: 'Caseload',
    query: caseload,
    variables: (n) => ({ after: `cursor-${n}` }),
  },
  {
    name: 'timeline',
    operationName: 'Timeline',
    query: timeline,
    variables: (n) => ({ id: idOf('Client', n) }),
  },
  { name: 'look-up', operationName: 'LookUp', query: lookUp, variables: (n) => ({ id: idOf('Client', n) }) },
];
