import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Note extends Outcome {
  id: string;
  version: number;
  status: string;
}
const preview = `query Preview($id: ID!) {
  closePreview(caseId: $id, reason: GOALS_MET) { blockers { kind count } } }`;
const story = `query Story($id: ID!) { client(id: $id) {
  notes { edges { node { status narrative author { id } need { category } } } }
  timeline(order: DESC, kinds: ["NoteSigned"]) { edges { node { kind subject { __typename ... on ProgressNote { id } } } } }
} }`;
const inbox = `{ myNotifications(codes: [NOTE_TO_COSIGN], first: 5) { edges { node {
  subject { __typename ... on ProgressNote { id narrative } } } } } }`;

describeKafka('notes of care', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let client: maria.Registered;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    client = await maria.registerClient(caseManager);
  }, 240_000);
  afterAll(() => system.close());

  const act = (graph: GraphQLClient, name: string, input: object) =>
    ask<Note>(
      graph,
      `mutation Act($input: ${name.replace(/^./, (letter) => letter.toUpperCase())}Input!) {
        ${name}(input: $input) { __typename ... on ProgressNote { id version status } ... on Problem { message } } }`,
      { input },
    );
  const blockers = async () => {
    const { blockers: found } = await ask<{ blockers: { kind: string }[] }>(caseManager, preview, {
      id: client.activeCase.id,
    });
    return found.map(({ kind }) => kind);
  };

  it('a draft holds up the end of the case; a trainee’s note is signed by the supervisor who was told', async () => {
    const draft = await act(caseManager, 'saveNoteDraft', {
      ...{
        clientId: client.id,
        kind: 'CASE_MANAGEMENT',
        narrative: 'Asked about a bed',
        occurredOn: '2026-01-02',
      },
      ...{ needId: client.activeCase.needs[0]?.id, withoutGoal: 'There is no plan yet' },
    });
    await eventually(async () => expect(await blockers()).toContain('DRAFT_WORK'));
    // Maria has no credential yet: what she writes waits.
    const waits = await act(caseManager, 'signNote', { id: draft.id, expectedVersion: draft.version });
    expect(waits.status).toBe('AWAITING_COSIGNATURE');
    await eventually(async () => {
      const { edges } = await ask<{ edges: { node: { subject: object } }[] }>(supervisor, inbox, {});
      expect(edges[0]?.node.subject).toMatchObject({ id: draft.id, narrative: 'Asked about a bed' });
    });
    const signed = await act(supervisor, 'cosignNote', { id: draft.id, expectedVersion: waits.version });
    expect(signed.status).toBe('SIGNED');
    await eventually(async () => expect(await blockers()).not.toContain('DRAFT_WORK'));
    await eventually(async () => {
      expect(await ask(caseManager, story, { id: client.id })).toMatchObject({
        notes: { edges: [{ node: { status: 'SIGNED', narrative: 'Asked about a bed' } }] },
        timeline: { edges: [{ node: { subject: { __typename: 'ProgressNote', id: draft.id } } }] },
      });
    });
  });
});
