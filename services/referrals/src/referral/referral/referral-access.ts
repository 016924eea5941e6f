import { relationsTo, type Care, type CareReader, type Part, type Relation } from '@throughline/care';
import { hasRole, type Viewer } from '@throughline/graphql';
import { labelsOfNeed, type NeedCategory } from '@throughline/privacy';
import type { Referral } from './referral.ts';
import type { ActingRole } from './transitions.ts';

const actingRoles: Partial<Record<Relation, ActingRole>> = {
  OWN_CASELOAD: 'CASE_MANAGER',
  TEAM: 'SUPERVISOR',
  PRIVACY: 'PRIVACY_OFFICER',
};

/**
 * The roles of the transition table that a member of staff has towards a referral of this client. A supervisor has the
 * queue, too; an intake worker makes drafts and takes no step. Source: infra/reference/domain.md 1.5, 2.8.
 */
export function staffRoles(viewer: Viewer, care: Care | null): ActingRole[] {
  const roles = relationsTo(viewer, care).flatMap((relation) => {
    if (relation === 'QUEUE') return hasRole(viewer, 'SUPERVISOR') ? ['SUPERVISOR' as const] : [];
    return actingRoles[relation] ?? [];
  });
  return [...new Set(roles)];
}

/** The part of the record that a request or a referral is: the need that it is for says more or less about a client. */
export function partOfNeed(category: NeedCategory): Part {
  return labelsOfNeed(category).every((label) => label === 'SOCIAL') ? 'REFERRALS' : 'SENSITIVE_REFERRALS';
}

interface ForNeed {
  clientId: string;
  needCategory: NeedCategory;
}

/** The row, if the viewer may read what its need says about the client; else null, as if there were none. */
export async function readable<Row extends ForNeed>(care: CareReader, row: Row | null): Promise<Row | null> {
  return row && (await care.mayRead(row.clientId, partOfNeed(row.needCategory))) ? row : null;
}

/** Those of the rows that the viewer may read. */
export async function readableRows<Row extends ForNeed>(care: CareReader, rows: Row[]): Promise<Row[]> {
  const read = await Promise.all(rows.map((row) => readable(care, row)));
  return read.filter((row) => row !== null);
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
