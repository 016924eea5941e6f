import { relationTo, type CareTeam } from '@throughline/care-team';
import { hasRole, type Viewer } from '@throughline/graphql';
import type { Referral } from './referral.ts';
import type { ActingRole } from './transitions.ts';

/** What a member of staff is to this client: the table's roles, or none. Source: infra/reference/domain.md 1.5, 2.8. */
export function staffRoles(viewer: Viewer, team: CareTeam | null): ActingRole[] {
  if (viewer.graph !== 'STAFF') return [];
  const relation = relationTo(viewer, team);
  return [
    ...(relation === 'OWN_CASELOAD' ? (['CASE_MANAGER'] as const) : []),
    ...(relation === 'TEAM' ? (['SUPERVISOR'] as const) : []),
    ...(hasRole(viewer, 'PRIVACY_OFFICER') ? (['PRIVACY_OFFICER'] as const) : []),
  ];
}

/** Own caseload, team, and the privacy officer, who has to see what left. */
export function mayReadReferral(viewer: Viewer, team: CareTeam | null): boolean {
  return staffRoles(viewer, team).length > 0;
}

/** What a partner is to a referral; null when it is another agency's or was never sent: it does not exist then. */
export function partnerRoles(
  viewer: Viewer,
  { agencyId, sentAt }: Pick<Referral, 'agencyId' | 'sentAt'>,
): ActingRole[] | null {
  if (viewer.graph !== 'PARTNER' || viewer.agencyId !== agencyId || !sentAt) return null;
  const held = (['PARTNER_INTAKE', 'PARTNER_ADMIN', 'PARTNER_SYSTEM'] as const).filter((role) =>
    viewer.roles.includes(role),
  );
  return held.length > 0 ? held : null;
}
