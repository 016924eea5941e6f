import type { Viewer } from '@throughline/graphql';

/** What the staff record says of somebody. */
export interface Standing {
  active: boolean;
  /** Null: the record was heard before roles were kept here. */
  roles: readonly string[] | null;
}

/**
 * The viewer after a look at the staff record: null when the record is inactive, and only with roles that token and record
 * both have. The token is up to eight hours old; the record is of now. A record can only take roles away. A person with
 * a staff role and without a record keeps the roles of the token, because the first program administrator records
 * everybody else, and engineers and auditors lead no case. To lock such a person out, record them as inactive.
 */
export function withStanding(viewer: Viewer, standing: Standing | null): Viewer | null {
  if (viewer.graph !== 'STAFF' || !standing) return viewer;
  if (!standing.active) return null;
  const recorded = standing.roles;
  return recorded ? { ...viewer, roles: viewer.roles.filter((role) => recorded.includes(role)) } : viewer;
}
