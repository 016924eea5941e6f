import { isUuid, type Viewer } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import { mayReceive, type Agency } from '../../directory/agency/agency.ts';
import { PartnerPrincipalEntity } from '../principal/principal.entity.ts';
import { principalId, rolesLeft, type PartnerPrincipal } from '../principal/principal.ts';

/**
 * The partner with the roles that the records leave; null when the partner has no access now: the agency is not active, has no
 * agreement in force, or has recorded this person or system as inactive. A partner's token is hours old and says nothing of
 * these. One statement by primary keys, so it is right from the next request on.
 * Source: infra/reference/domain.md 3.7 check 1, 3.7 check 2.
 */
export async function admitPartner(db: EntityManager, viewer: Viewer, now: Date): Promise<Viewer | null> {
  const { agencyId } = viewer;
  if (!agencyId || !isUuid(agencyId)) return null;
  const found = await db
    .createQueryBuilder(AgencyEntity, 'a')
    .leftJoinAndMapOne('a.principal', PartnerPrincipalEntity.options.name, 'p', 'p.id = :principalId')
    .where('a.id = :agencyId', { agencyId, principalId: principalId(agencyId, viewer.id) })
    .getOne();
  const agency = found as (Agency & { principal: PartnerPrincipal | null }) | null;
  if (agency?.status !== 'ACTIVE' || !mayReceive(agency, now)) return null;
  const roles = rolesLeft(viewer.roles, agency.principal);
  return roles.length > 0 ? { ...viewer, roles } : null;
}
