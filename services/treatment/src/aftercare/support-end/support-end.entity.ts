import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { SupportEnd } from './support-end.ts';

export const SupportEndEntity = new EntitySchema<SupportEnd>({
  name: 'SupportEnd',
  tableName: 'support_end',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    episodeId: { type: 'uuid', name: 'episode_id' },
    endedAt: { type: 'timestamptz', name: 'ended_at' },
    endedBy: { type: 'uuid', name: 'ended_by' },
    evaluation: { type: 'jsonb' },
    clientWords: { type: 'text', name: 'client_words' },
    callAnytime: { type: 'jsonb', name: 'call_anytime', nullable: true },
    satisfaction: { type: 'integer', nullable: true },
    satisfactionComment: { type: 'text', name: 'satisfaction_comment', nullable: true },
    satisfactionDeclined: { type: 'boolean', name: 'satisfaction_declined' },
    referrerAgencyId: { type: 'uuid', name: 'referrer_agency_id', nullable: true },
  },
});

export function supportEndLoaders(db: EntityManager, care: CareReader) {
  return {
    supportEndById: loaderById(db, care.rowsWithCare(SupportEndEntity)),
    supportEndsByEpisode: loaderByOwner(db, SupportEndEntity, 'episodeId', { endedAt: 'ASC', id: 'ASC' }),
  };
}
