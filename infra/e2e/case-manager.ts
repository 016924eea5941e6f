import { demonstrationAgencies } from '@throughline/sign-in';
import type { GraphQLClient } from '@throughline/testing';
import { ask, type Outcome } from './ask.ts';

/** What a case manager does, as her screen would send it. The program is the one that the clients service is set to. */
const programId = '0199a000-0000-7000-8000-000000000001';
export const legalName = 'Wilhelmina Sorrel-Quist';

const problem = '... on Problem { message }';

export interface Registered extends Outcome {
  activeCase: { id: string; needs: { id: string; category: string; clientRank: number }[] };
}

const firstNeeds = [
  { category: 'HOMELESSNESS', clientRank: 1 },
  { category: 'MENTAL_HEALTH_TREATMENT', clientRank: 2 },
];

let registered = 0;

/** Each call registers somebody else: equal names with equal days or numbers would be possible duplicates. */
function oneMore(): { dateOfBirth: string; phone: string; postalCode: string } {
  const n = registered++;
  if (n === 0) return { dateOfBirth: '1991-04-12', phone: '+13055550123', postalCode: '33125' };
  const month = String(1 + (n % 12)).padStart(2, '0');
  return {
    dateOfBirth: `${1940 + (n % 40)}-${month}-${String(10 + (n % 17))}`,
    phone: `+1305556${String(1000 + n)}`,
    postalCode: String(33_200 + n),
  };
}

export function registerClient(graph: GraphQLClient, needs: object[] = firstNeeds): Promise<Registered> {
  const { phone, ...born } = oneMore();
  const input = {
    ...born,
    legalName,
    nameToUse: 'Billie 🌱',
    pronouns: 'she/they',
    preferredLanguage: 'es',
    interpreterNeeded: true,
    populations: ['HOMELESS', 'MENTAL_HEALTH'],
    contactPoints: [{ kind: 'PHONE', value: phone, label: 'own' }],
    safeContact: { allowedMethods: ['CALL'], leaveMessageOk: false, safeTimes: 'weekdays after four' },
    householdSize: 1,
    county: 'Miami-Dade',
    needs,
  };
  return ask(
    graph,
    `mutation Register($input: RegisterClientInput!) {
      registerClient(input: $input) {
        __typename
        ... on Client { id version activeCase { id needs { id category clientRank } } }
        ${problem}
      }
    }`,
    { input },
  );
}

export interface ConsentOutcome extends Outcome {
  isValid?: boolean;
  issues?: { element: string }[];
}

/** A signed consent for the shelter: identity, contact and social data, for housing. */
export function shelterConsent() {
  return {
    kind: 'SPECIFIC_DISCLOSURE',
    patientNameAsSigned: legalName,
    disclosers: [{ organizationId: programId }],
    infoDescription: 'Name, contact and housing situation, to find a bed',
    categories: ['ID', 'CONTACT', 'SOCIAL'],
    recipients: [{ agencyId: demonstrationAgencies.shelter.id }],
    purposes: ['REFERRAL_HOUSING'],
    statements: { revocation: true },
    expiry: { kind: 'DATE', date: '2099-12-31' },
    signatures: [{ by: legalName, capacity: 'PATIENT', method: 'ELECTRONIC' }],
    signedAt: new Date(Date.now() - 60_000).toISOString(),
  };
}

export function recordConsent(
  graph: GraphQLClient,
  clientId: string,
  consent: object,
): Promise<ConsentOutcome> {
  return ask(
    graph,
    `mutation Consent($input: RecordConsentInput!) {
      recordConsent(input: $input) {
        __typename
        ... on Consent { id version isValid }
        ... on ConsentDeficient { issues { element code message } }
        ${problem}
      }
    }`,
    { input: { clientId, consent } },
  );
}

export function revokeConsent(graph: GraphQLClient, consent: Outcome): Promise<Outcome> {
  return ask(
    graph,
    `mutation Revoke($input: RevokeConsentInput!) {
      revokeConsent(input: $input) { __typename ... on Consent { id version status } ${problem} }
    }`,
    { input: { id: consent.id, expectedVersion: consent.version, method: 'WRITTEN' } },
  );
}

export interface Scored extends Outcome {
  total: number;
  band: string;
  positive: boolean;
  flags: string[];
}

export function scorePhq9(graph: GraphQLClient, clientId: string): Promise<Scored> {
  const values = [2, 2, 1, 2, 1, 2, 1, 0, 1];
  const answers = values.map((value, index) => ({ item: index + 1, value }));
  return ask(
    graph,
    `mutation Screen($input: RecordScreeningInput!) {
      recordScreening(input: $input) {
        __typename ... on Screening { id total band positive flags } ${problem}
      }
    }`,
    { input: { clientId, instrument: 'PHQ-9', answers } },
  );
}

export interface GoalOutcome extends Outcome {
  missing?: string[];
}

export function openCarePlan(graph: GraphQLClient, clientId: string): Promise<Outcome> {
  return ask(
    graph,
    `mutation Plan($input: OpenCarePlanInput!) {
      openCarePlan(input: $input) { __typename ... on CarePlan { id version } ${problem} }
    }`,
    { input: { clientId } },
  );
}

export function addGoal(graph: GraphQLClient, carePlanId: string, goal: object): Promise<GoalOutcome> {
  return ask(
    graph,
    `mutation Goal($input: AddGoalInput!) {
      addGoal(input: $input) { __typename ... on Goal { id version } ${problem} }
    }`,
    { input: { carePlanId, domain: 'HOME', ...goal } },
  );
}

export function reviseGoal(graph: GraphQLClient, goal: Outcome, change: object): Promise<GoalOutcome> {
  return ask(
    graph,
    `mutation Revise($input: ReviseGoalInput!) {
      reviseGoal(input: $input) { __typename ... on Goal { id version } ${problem} }
    }`,
    { input: { id: goal.id, expectedVersion: goal.version, ...change } },
  );
}

export function activateGoal(graph: GraphQLClient, goal: Outcome): Promise<GoalOutcome> {
  return ask(
    graph,
    `mutation Activate($input: ActivateGoalInput!) {
      activateGoal(input: $input) {
        __typename ... on Goal { id version lifecycle } ... on GoalIncomplete { missing } ${problem}
      }
    }`,
    { input: { id: goal.id, expectedVersion: goal.version } },
  );
}

export interface ReferralOutcome extends Outcome {
  status?: string;
  reasons?: { code: string; explanation: string }[];
}

const referralFields = `__typename
  ... on Referral { id version status }
  ... on ConsentRequired { reasons { code explanation } }
  ${problem}`;

export function createReferral(graph: GraphQLClient, choice: object): Promise<ReferralOutcome> {
  return ask(
    graph,
    `mutation Refer($input: CreateReferralInput!) {
      createReferral(input: $input) { __typename ... on Referral { id version status } ${problem} }
    }`,
    { input: choice },
  );
}

export function sendReferral(graph: GraphQLClient, referral: Outcome): Promise<ReferralOutcome> {
  return ask(
    graph,
    `mutation Send($input: ReferralStepInput!) { sendReferral(input: $input) { ${referralFields} } }`,
    { input: { id: referral.id, expectedVersion: referral.version } },
  );
}
