import { caseManagerAssigned, safetyFlagRaised, uuidV7 } from '@throughline/events';
import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { NoteEntity } from './gratitude/note/note.entity.ts';
import { submitNote } from './gratitude/note/note.ts';
import { aViewer, testService, type TestService } from './test-service.ts';

const now = new Date('2036-03-03T15:00:00Z');
const some = (count: number) => Array.from({ length: count }, () => uuidV7(now));
const maria = aViewer(uuidV7(now), ['CASE_MANAGER']);
const sam = aViewer(uuidV7(now), ['SUPERVISOR']);
const ids: Record<string, string[]> = { Client: some(50), StaffMember: [maria.id, ...some(49)] };

interface Inbox {
  myNotifications: { edges: { node: { id: string } }[] };
}

let service: TestService;
beforeAll(async () => {
  service = await testService();
  const team = { caseManagerId: maria.id, supervisorId: sam.id };
  await service.hear(
    (ids.Client ?? []).flatMap((clientId) => [
      caseManagerAssigned.of(clientId, now, {
        ...{ clientId, caseId: uuidV7(now), ...team },
      }),
      safetyFlagRaised.of(clientId, now, {
        ...{ screeningId: uuidV7(now), clientId, authorId: maria.id, ...team },
      }),
    ]),
  );
  const known = { receiverIsActive: true, occasionIsVerified: false };
  const draft = { toStaffId: sam.id, fromType: 'COLLEAGUE' as const, body: 'Thank you.' };
  const notes = Array.from({ length: 50 }, () => submitNote(draft, known, { id: maria.id, now })).flatMap(
    (decided) => ('insert' in decided ? [decided.insert] : []),
  );
  await service.db.getRepository(NoteEntity).insert(notes);
  ids.AppreciationNote = notes.map(({ id }) => id);
  // A notification of a colleague: the permission depends on everybody who was told of the same alert.
  const inbox = '{ myNotifications(first: 50) { edges { node { id } } } }';
  const { myNotifications } = await service.ask<Inbox>(sam, inbox);
  ids.Notification = myNotifications.edges.map(({ node }) => node.id);
});
afterAll(() => service.close());

describeEntityStatements({
  sdl: readSdl(import.meta.dirname),
  ids: () => ids,
  elsewhere: { 'Client.channelConsents': 'the ledger of consents to channels' },
  ask: async (query, r) => {
    let entities: unknown[] = [];
    const statements = await statementsOf(service.running.dataSource, async () => {
      entities = (await service.ask<{ _entities: unknown[] }>(maria, query, { r }))._entities;
    });
    return { entities, statements };
  },
});
