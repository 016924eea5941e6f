import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { staff, testTreatment, type TestTreatment } from './treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const ids = new Map<string, string[]>();
const keep = (type: string, id: string) => ids.set(type, [...(ids.get(type) ?? []), id]);

const STORY = `mutation ($episode: StartEpisodeInput!, $plan: OpenCarePlanInput!, $screening: RecordScreeningInput!) {
  Episode: startEpisode(input: $episode) { ... on Episode { id } }
  CarePlan: openCarePlan(input: $plan) { ... on CarePlan { id caseFile { id } } }
  Screening: recordScreening(input: $screening) { ... on Screening { id } } }`;
const GOAL = `mutation ($goal: AddGoalInput!) { Goal: addGoal(input: $goal) { ... on Goal { id } } }`;
type Written = Record<string, { id: string; caseFile?: { id: string } }>;

beforeAll(async () => {
  treatment = await testTreatment();
  for (let n = 0; n < 50; n++) {
    const clientId = await treatment.assign(maria.id, sam.id);
    const needId = await treatment.need(clientId);
    const answers = Array.from({ length: 9 }, (_, item) => ({ item: item + 1, value: 1 }));
    const screening = { clientId, instrument: 'PHQ-9', answers };
    const variables = { episode: { clientId, kind: 'MH' }, plan: { clientId }, screening };
    const { data } = await treatment.ask<Written>(maria, STORY, variables);
    const goal = { carePlanId: data.CarePlan?.id, needId, domain: 'HOME' };
    const added = await treatment.ask<Written>(maria, GOAL, { goal });
    const written: Written = { ...data, ...added.data, Client: { id: clientId }, Need: { id: needId } };
    for (const [type, { id }] of Object.entries(written)) keep(type, id);
    keep('CaseFile', data.CarePlan?.caseFile?.id ?? '');
  }
});
afterAll(() => treatment.close());

describeEntityStatements({
  sdl: readSdl(import.meta.dirname),
  ids: () => Object.fromEntries(ids),
  ask: async (query, r) => {
    let entities: unknown[] = [];
    const statements = await statementsOf(treatment.service.dataSource, async () => {
      const { data } = await treatment.ask<{ _entities: unknown[] }>(maria, query, { r });
      entities = data._entities;
    });
    return { entities, statements };
  },
  // This service has the care team of a client, which decides who may read the rest.
  elsewhere: {
    'Client.episodes': 'episodes',
    'Client.currentEpisode': 'episodes',
    'Client.carePlan': 'care plans',
    'Client.screenings': 'screenings',
    'Client.openSafetyFlags': 'screenings',
    'Client.timeline': 'entries of the timeline',
  },
});
