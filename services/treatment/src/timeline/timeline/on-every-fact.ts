import { defineProjection, onMany, type Heard, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { labelsOf, labelsOfSubjects } from './labels.ts';
import { timelineFacts, type TimelineFact } from './subjects.ts';
import { TimelineEntryEntity } from './timeline.entity.ts';
import type { TimelineEntry } from './timeline.ts';

/** Each fact about a client becomes one entry, also when it arrives late: the order is made at reading. */
export const timelineProjection = defineProjection({
  concern: 'view',
  name: 'timeline',
  tables: ['timeline_entry'],
  heardColumns: ['received_in'],
  reactions: timelineFacts.map((fact) => onMany(fact.definition, (tx, heard) => add(tx, fact, heard))),
});

async function add(
  tx: EntityManager,
  fact: TimelineFact,
  heard: readonly Heard<Record<string, unknown>>[],
): Promise<void> {
  const entries = heard.flatMap(({ data, received }) => entryOf(fact, data, received) ?? []);
  if (entries.length === 0) return;
  const labelsOfSubject = await labelsOfSubjects(tx, entries);
  const labelled = entries.map(({ labels, ...entry }) => ({
    ...entry,
    labels: labels ?? labelsOfSubject(entry),
    receivedIn: () => 'pg_current_xact_id()::text::bigint',
  }));
  await tx.createQueryBuilder().insert().into(TimelineEntryEntity).values(labelled).orIgnore().execute();
}

/** An entry before it is written. Null labels: its subject says them. */
type Draft = Omit<TimelineEntry, 'labels' | 'receivedIn'> & { labels: string[] | null };

/** Null when the fact is about no client, for example a notification to staff. */
function entryOf(
  { subject, idField }: TimelineFact,
  data: Record<string, unknown>,
  { id, type, occurredAt, sequence, cause: { actor } }: Received,
): Draft | null {
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
    labels: saidBy(data),
    // A disclosure without a referral is about the client.
    ...(typeof subjectId === 'string'
      ? { subjectType: subject, subjectId }
      : { subjectType: 'Client', subjectId: clientId }),
  };
}

/** A disclosure says what left, and a new need its category; the labels of other facts are those of their subject. */
function saidBy({ labels, category }: Record<string, unknown>): string[] | null {
  if (Array.isArray(labels)) return labels.map(String);
  return typeof category === 'string' ? labelsOf('Need', [{ origin: 'NEED', code: category }]) : null;
}
