import { clientAgeGroupChanged } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { ageGroups, type AgeGroup } from '@throughline/privacy';
import { ClientAgeEntity } from './client-age.entity.ts';

/** A group that this version does not know counts as not known. */
const onAgeGroupChanged = on(
  clientAgeGroupChanged,
  async (tx, { clientId, ageGroup, reason }, { occurredAt: knownAt }) => {
    if (reason === 'RECORD') await tx.delete(ClientAgeEntity, { clientId });
    if (!isAgeGroup(ageGroup)) return;
    await tx.upsert(ClientAgeEntity, { clientId, knownAt, ageGroup }, ['clientId', 'knownAt']);
  },
);

/** The age groups of clients, because an age decides which instruments may be used. */
export const ageProjection = defineProjection({
  name: 'ages',
  tables: ['client_age'],
  concern: 'access',
  reactions: [onAgeGroupChanged],
});

function isAgeGroup(code: string | null): code is AgeGroup {
  return code !== null && (ageGroups as string[]).includes(code);
}
