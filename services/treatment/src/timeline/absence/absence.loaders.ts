import type { readPage } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import type { TimelineEntry } from '../timeline/timeline.ts';
import { AbsenceEntity } from './absence.entity.ts';
import type { Absence } from './absence.ts';

/** The absence that lasts, else the last one. */
export function findLastAbsence(db: EntityManager, staffId: string): Promise<Absence | null> {
  return db.findOne(AbsenceEntity, { where: { staffId }, order: { beganAt: 'DESC', id: 'DESC' } });
}

/** Something that happened with a client while the case manager was away. */
export interface AbsenceEntry {
  id: string;
  clientId: string;
  occurredAt: Date;
  sequence: number;
  inYourName: boolean;
}

/** With the entry of the timeline, which the viewer may read. */
export interface ShownEntry extends AbsenceEntry {
  entry: TimelineEntry;
}

export interface EntriesAsked {
  onlyInYourName: boolean;
  page: ReturnType<typeof readPage>;
}

/** A page of what happened from the begin of the absence to its end, and not a moment more, the oldest first. */
export function findEntries(
  db: EntityManager,
  { staffId, coverId, beganAt, endedAt }: Absence,
  { onlyInYourName, page: { first, after } }: EntriesAsked,
): Promise<AbsenceEntry[]> {
  const [at = null, sequence = null, id = null] = after ?? [];
  return db.query(ENTRIES, [
    ...[staffId, coverId, beganAt, endedAt, onlyInYourName],
    ...[at, sequence, id, first + 1],
  ]);
}

/** Each client of the caseload is a look-up by an index. Own acts of the person are no news. */
const ENTRIES = `
  select e.id, e.client_id as "clientId", e.occurred_at as "occurredAt", e.sequence, e.mine as "inYourName"
  from care cross join lateral (
    select t.id, t.client_id, t.occurred_at, t.sequence,
           t.actor_kind = 'STAFF' and t.actor_id is not distinct from $2::text as mine
    from timeline_entry t
    where t.client_id = care.client_id and t.actor_id <> $1::text
      and t.occurred_at >= $3::timestamptz and ($4::timestamptz is null or t.occurred_at < $4::timestamptz)
      and (not $5::boolean or t.actor_kind = 'STAFF' and t.actor_id = $2::text)
      and ($6::timestamptz is null
        or (t.occurred_at, t.sequence, t.id) > ($6::timestamptz, $7::integer, $8::uuid))
    order by t.occurred_at, t.sequence, t.id limit $9::integer
  ) e
  where care.case_manager_id = $1::uuid
  order by e.occurred_at, e.sequence, e.id limit $9::integer`;
