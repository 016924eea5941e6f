import { agencyRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { AgencyEntity } from './agency.entity.ts';

/** Stores what a consent needs to know of a recipient. */
const onAgencyRecorded = on(agencyRecorded, async (tx, { agencyId: id, agencyType, hipaaStatus, active }) => {
  const agency = { id, agencyType: agencyType as never, hipaaStatus: hipaaStatus as never, active };
  await tx.upsert(AgencyEntity, agency, ['id']);
});

/** The copy of the agencies decides who can be named as a recipient. */
export const agencyProjection = defineProjection({
  concern: 'access',
  name: 'agencies',
  tables: ['agency'],
  reactions: [onAgencyRecorded],
});
