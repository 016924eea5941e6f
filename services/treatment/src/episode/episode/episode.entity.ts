import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type DataSource } from 'typeorm';
import type { Episode } from './episode.ts';

export const EpisodeEntity = new EntitySchema<Episode>({
  name: 'Episode',
  tableName: 'episode',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    kind: { type: 'text' },
    phase: { type: 'text' },
    referralSource: { type: 'text', name: 'referral_source', nullable: true },
    dateOfFirstContact: { type: 'date', name: 'date_of_first_contact', nullable: true },
    dateFirstAppointmentOffered: { type: 'date', name: 'date_first_appointment_offered', nullable: true },
    admittedAt: { type: 'timestamptz', name: 'admitted_at', nullable: true },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    dischargeType: { type: 'text', name: 'discharge_type', nullable: true },
    endReason: { type: 'text', name: 'end_reason', nullable: true },
    version: { type: 'integer' },
  },
});

export function episodeLoaders({ manager }: DataSource, care: CareReader) {
  return {
    episodeById: loaderById(manager, care.rowsWithCare(EpisodeEntity)),
    episodesByClient: loaderByOwner(manager, EpisodeEntity, 'clientId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
