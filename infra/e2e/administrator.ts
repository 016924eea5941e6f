import { demonstrationAgencies, demonstrationPeople } from '@throughline/sign-in';
import type { GraphQLClient } from '@throughline/testing';
import { ask, type Outcome } from './ask.ts';

const { shelter, detox } = demonstrationAgencies;

/** Staff and what the program knows of its partners, before the story begins. */
export async function prepareProgram(graph: GraphQLClient): Promise<void> {
  const staff = demonstrationPeople.filter(({ kind }) => kind === 'STAFF');
  // Supervisors before their teams.
  for (const person of staff.toSorted((a, b) => Number('supervisorId' in a) - Number('supervisorId' in b))) {
    const input = {
      id: person.id,
      name: person.name,
      roles: person.roles,
      supervisorId: 'supervisorId' in person ? person.supervisorId : null,
      timeZone: 'America/New_York',
    };
    const recorded = await ask<Outcome>(
      graph,
      'mutation Staff($input: RecordStaffInput!) { recordStaff(input: $input) { __typename ... on Problem { message } } }',
      { input },
    );
    refuseProblem(recorded, 'StaffMember');
  }
  await describe(graph, shelter.id, {
    agencyType: 'SHELTER',
    hipaaStatus: 'NON_HIPAA',
    agreements: [{ type: 'MOU', from: '2020-01-01' }],
  });
  await describe(graph, detox.id, {
    agencyType: 'DETOX',
    hipaaStatus: 'PART2_PROGRAM',
    isPart2Program: true,
    agreements: [{ type: 'QSOA', from: '2020-01-01' }],
  });
}

async function describe(graph: GraphQLClient, id: string, known: object): Promise<void> {
  const { version } = await ask<{ version: number }>(
    graph,
    'query Agency($id: ID!) { agency(id: $id) { version } }',
    { id },
  );
  const changed = await ask<Outcome>(
    graph,
    `mutation Describe($input: DescribeAgencyInput!) {
      describeAgency(input: $input) { __typename ... on Problem { message } }
    }`,
    { input: { id, expectedVersion: version, ...known } },
  );
  refuseProblem(changed, 'Agency');
}

function refuseProblem(outcome: Outcome, expected: string): void {
  if (outcome.__typename !== expected) throw new Error(`${outcome.__typename}: ${outcome.message ?? ''}`);
}
