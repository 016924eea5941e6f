import { randomBytes } from 'node:crypto';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { idOf, next } from './casework.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface Link {
  path: string;
}
interface Document extends Outcome {
  labels: string[];
  uploadLink: Link | null;
  downloadLink: Link | null;
}
const announce = `mutation Announce($input: AddDocumentInput!) { addDocument(input: $input) {
  __typename ... on ClientDocument { id version labels uploadLink { path } downloadLink { path } }
  ... on Problem { message } } }`;
const one = `query One($id: ID!) { document(id: $id) {
  id version labels title uploadLink { path } downloadLink { path } addedBy { name } } }`;
const record = `query Record($id: ID!) { client(id: $id) {
  documents { edges { node { id class storedAt } } }
  timeline(order: DESC, kinds: ["DocumentAdded"]) { edges { node {
    labels subject { __typename ... on ClientDocument { id } } } } } } }`;

describeKafka('a document', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let client: maria.Registered;
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_200_000)]);

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    client = await maria.registerClient(caseManager);
  }, 240_000);
  afterAll(() => system.close());

  const at = (link: Link | null) => `${new URL(system.staffUrl).origin}${link?.path ?? '/none'}`;
  const add = (graph: GraphQLClient, clientId: string) =>
    ask<Document>(graph, announce, {
      input: {
        ...{ clientId, class: 'SUD_RECORD', title: 'Record of the programme in Tamiami' },
        ...{ media: 'PDF', bytes: content.length },
      },
    });

  it('goes in and out through the gateway, labelled by its class, and closes to a person who loses the client', async () => {
    const added = await eventually(async () => {
      const answer = await add(caseManager, client.id);
      expect(answer.__typename).toBe('ClientDocument');
      return answer;
    });
    expect(added).toMatchObject({ labels: ['SUD'], downloadLink: null });
    const sent = await fetch(at(added.uploadLink), { method: 'PUT', body: new Uint8Array(content) });
    expect(sent.status).toBe(204);
    await eventually(async () => {
      expect(await ask(caseManager, record, { id: client.id })).toMatchObject({
        documents: { edges: [{ node: { id: added.id, class: 'SUD_RECORD' } }] },
        timeline: { edges: [{ node: { labels: ['SUD'], subject: { id: added.id } } }] },
      });
    });

    const seen = await ask<Document>(supervisor, one, { id: added.id });
    const answer = await fetch(at(seen.downloadLink));
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${added.id}.pdf"`);

    const mine = await ask<Document>(caseManager, one, { id: added.id });
    expect((await fetch(at(mine.downloadLink))).status).toBe(200);
    await next(supervisor, 'assignCaseManager', client.activeCase.id, { caseManagerId: idOf('jonah') });
    await eventually(async () => {
      expect((await fetch(at(mine.downloadLink))).status).toBe(404);
      expect(await ask(caseManager, one, { id: added.id })).toBeNull();
    });
    expect(await add(caseManager, client.id)).toMatchObject({ __typename: 'NotFound' });
    await eventually(async () => {
      expect(await ask(await system.as('jonah'), one, { id: added.id })).toMatchObject({ id: added.id });
    });
  });
});
