import { relationsTo, type Care, type CareReader, type Part, type Relation } from '@throughline/care';
import { hasRole, type Viewer } from '@throughline/graphql';
import { labelsOfNeed, type NeedCategory } from '@throughline/privacy';
import type { Referral } from './referral.ts';
import type { ActingRole } from './transitions.ts';

const actingRoles: Partial<Record<Relation, ActingRole>> = {
  OWN_CASELOAD: 'CASE_MANAGER',
  CARE_TEAM: 'CASE_MANAGER',
  COVER: 'CASE_MANAGER',
  TEAM: 'SUPERVISOR',
  PRIVACY: 'PRIVACY_OFFICER',
};

/**
 * Roles of a member of staff towards a referral of this client, as in the transition table. A supervisor also
 * has the queue; an intake worker makes drafts and uses no other command. Source: infra/reference/domain.md
 * 1.5, 2.8.
 */
export function staffRoles(viewer: Viewer, care: Care | null): ActingRole[] {
  const roles = relationsTo(viewer, care).flatMap((relation) => {
    if (relation === 'QUEUE') return hasRole(viewer, 'SUPERVISOR') ? ['SUPERVISOR' as const] : [];
    return actingRoles[relation] ?? [];
  });
  return [...new Set(roles)];
}

/**
 * Part of the record of a request or referral: it depends on its need, because needs disclose more or less
 * about a client.
 */
export function partOfNeed(category: NeedCategory): Part {
  return labelsOfNeed(category).every((label) => label === 'SOCIAL') ? 'REFERRALS' : 'SENSITIVE_REFERRALS';
}

interface ForNeed {
  clientId: string;
  needCategory: NeedCategory;
}

/**
 * The row, if the viewer may read what its need discloses about the client; otherwise null, as if it did not
 * exist.
 */
export async function readable<Row extends ForNeed>(care: CareReader, row: Row | null): Promise<Row | null> {
  return row && (await care.mayRead(row.clientId, partOfNeed(row.needCategory))) ? row : null;
}

/** Those of the rows that the viewer may read. */
export async function readableRows<Row extends ForNeed>(care: CareReader, rows: Row[]): Promise<Row[]> {
  const read = await Promise.all(rows.map((row) => readable(care, row)));
  return read.filter((row) => row !== null);
}

/**
 * Role of a partner towards a referral; null when it belongs to another agency or was never sent: then it does
 * not exist.
 */
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
