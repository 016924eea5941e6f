import { isUuid, type Viewer } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import { mayReceive } from '../../directory/agency/agency.ts';

/**
 * Whether the agency of a partner has access now: it is active and an agreement is in force. A partner's token is hours
 * old and says nothing of either. One statement by primary key, so it is right from the next request on.
 * Source: infra/reference/domain.md 3.7 check 2.
 */
export async function admitPartner(db: EntityManager, { agencyId }: Viewer, now: Date): Promise<boolean> {
  const agency = agencyId && isUuid(agencyId) ? await db.findOneBy(AgencyEntity, { id: agencyId }) : null;
  return agency !== null && agency.status === 'ACTIVE' && mayReceive(agency, now);
}
