import { defineProjection, onMany, type Heard, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { timelineFacts, type TimelineFact } from './subjects.ts';
import { TimelineEntryEntity } from './timeline.entity.ts';
import type { TimelineEntry } from './timeline.ts';

/** Each fact about a client becomes one entry, also when it arrives late: the order is made at reading. */
export const timelineProjection = defineProjection({
  concern: 'view',
  name: 'timeline',
  tables: ['timeline_entry'],
  reactions: timelineFacts.map((fact) => onMany(fact.definition, (tx, heard) => add(tx, fact, heard))),
});

async function add(
  tx: EntityManager,
  fact: TimelineFact,
  heard: readonly Heard<Record<string, unknown>>[],
): Promise<void> {
  const entries = heard.flatMap(({ data, received }) => entryOf(fact, data, received) ?? []);
  if (entries.length === 0) return;
  await tx.createQueryBuilder().insert().into(TimelineEntryEntity).values(entries).orIgnore().execute();
}

/** Null when the fact is about no client, for example a notification to staff. */
function entryOf(
  { subject, idField }: TimelineFact,
  data: Record<string, unknown>,
  { id, type, occurredAt, sequence, cause: { actor } }: Received,
): TimelineEntry | null {
  const { clientId } = data;
  if (typeof clientId !== 'string') return null;
  const subjectId = data[idField];
  return {
    id,
    clientId,
    occurredAt,
    sequence,
    kind: type,
    actorKind: actor.kind,
    actorId: actor.id,
    actorAgencyId: actor.agencyId ?? null,
    // A disclosure without a referral is about the client.
    ...(typeof subjectId === 'string'
      ? { subjectType: subject, subjectId }
      : { subjectType: 'Client', subjectId: clientId }),
  };
}
