import { EntitySchema } from 'typeorm';
import type { TimelineEntry } from './timeline.ts';

export const TimelineEntryEntity = new EntitySchema<TimelineEntry>({
  name: 'TimelineEntry',
  tableName: 'timeline_entry',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    occurredAt: { type: 'timestamptz', primary: true, name: 'occurred_at' },
    sequence: { type: 'integer' },
    kind: { type: 'text' },
    actorKind: { type: 'text', name: 'actor_kind' },
    actorId: { type: 'text', name: 'actor_id' },
    actorAgencyId: { type: 'text', name: 'actor_agency_id', nullable: true },
    subjectType: { type: 'text', name: 'subject_type' },
    subjectId: { type: 'uuid', name: 'subject_id' },
    labels: { type: 'text', array: true, default: '{}' },
    receivedIn: { type: 'bigint', name: 'received_in', nullable: true },
  },
});
