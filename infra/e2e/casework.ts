import { demonstrationPeople } from '@throughline/sign-in';
import { eventually, type GraphQLClient } from '@throughline/testing';
import { ask, type Outcome } from './ask.ts';

/** What case managers, supervisors and intake do with a case, as their screens would send it. */
export interface SeenCase extends Outcome {
  status: string;
  phase: string;
  reviewOn: string | null;
  nextContactDueAt: string | null;
  failedAttempts: number;
  risks: string[];
  nextStep: { code: string; who: { id: string } | null } | null;
  previousCase: { id: string } | null;
  primaryCaseManager: { id: string } | null;
  casePhases: { phase: string; reason: string | null; enteredBy: { name: string } | null }[];
  closure: { reason: string; override: string | null } | null;
  screeningDecision: { decision: string; alternative: string | null } | null;
  assignments: { reason: string | null; matchReasons: string[]; endedAt: string | null }[];
  issues?: { path: string; code: string }[];
  blockers?: { kind: string; count: number }[];
  reason?: string;
  pointsAfter?: number;
}

const caseFields = `id version status phase reviewOn nextContactDueAt failedAttempts risks
  nextStep { code who { id } } previousCase { id } primaryCaseManager { id }
  casePhases { phase reason enteredBy { name } } closure { reason override }
  screeningDecision { decision alternative } assignments { reason matchReasons endedAt }`;

const problems: Readonly<Record<string, string>> = {
  closeCase: '... on CloseBlocked { blockers { kind count } }',
  assignCaseManager: '... on CaseManagerBlocked { reason } ... on CaseloadOver { pointsAfter }',
};

/** Any mutation: its answer, or the message of the problem. */
export function mutate<Seen extends Outcome>(
  graph: GraphQLClient,
  name: string,
  input: object,
  fields: string,
): Promise<Seen> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return ask(
    graph,
    `mutation Act($input: ${type}!) {
      ${name}(input: $input) {
        __typename ${fields} ... on Problem { message } ... on InvalidInput { issues { path code } }
      }
    }`,
    { input },
  );
}

/** A step of a case. */
export const step = (graph: GraphQLClient, name: string, input: object): Promise<SeenCase> =>
  mutate(graph, name, input, `... on CaseFile { ${caseFields} } ${problems[name] ?? ''}`);

/** A step of a case at the version that it has now. */
export async function next(
  graph: GraphQLClient,
  name: string,
  caseId: string,
  input: object = {},
): Promise<SeenCase> {
  const { version } = await see(graph, caseId);
  return step(graph, name, { caseId, expectedVersion: version, ...input });
}

export async function see(graph: GraphQLClient, id: string): Promise<SeenCase> {
  const found = await ask<SeenCase | null>(
    graph,
    `query Case($id: ID!) { caseFile(id: $id) { ${caseFields} } }`,
    { id },
  );
  if (!found) throw new Error('The viewer may not know of this case');
  return found;
}

export interface Person extends Outcome {
  caseNumber: string;
  activeCase: { id: string };
  candidates?: {
    score: number;
    evidence: { field: string; verdict: string }[];
    record: { id: string } | null;
    person: { name: { legal: string }; birthYear: number | null };
  }[];
  token?: string;
}

export const register = (graph: GraphQLClient, input: object): Promise<Person> =>
  mutate(
    graph,
    'registerClient',
    input,
    `... on Client { id version caseNumber activeCase { id } }
     ... on PossibleDuplicates { token candidates {
       score evidence { field verdict } record { id } person { name { legal } birthYear }
     } }`,
  );

export const idOf = (key: string): string => demonstrationPeople.find((one) => one.key === key)?.id ?? '';

let people = 0;

/** Somebody whom no other person of the story resembles. */
export function somebody(more: object = {}) {
  people += 1;
  const letters = String.fromCharCode(
    97 + (people % 26),
    97 + ((people * 7) % 26),
    97 + ((people * 11) % 26),
  );
  const legalName = `Ottoline${letters} Abernethy${letters}`;
  return { legalName, dateOfBirth: `${String(1940 + people)}-0${String(1 + (people % 9))}-17`, ...more };
}

interface Inbox {
  edges: { node: { code: string; client: { id: string } | null } }[];
}

/** Waits until somebody was told, of a client when one is named. */
export const told = (who: GraphQLClient, code: string, clientId: string | null = null): Promise<void> =>
  eventually(async () => {
    const { edges } = await ask<Inbox>(
      who,
      '{ myNotifications(first: 100) { edges { node { code client { id } } } } }',
    );
    const found = edges.some(
      ({ node }) => node.code === code && (clientId === null || node.client?.id === clientId),
    );
    if (!found) throw new Error(`${code} has not arrived, only ${edges.map(({ node }) => node.code).join()}`);
  });
