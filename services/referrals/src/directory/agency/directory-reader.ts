import type { Viewer } from '@throughline/graphql';

/**
 * Directory data is public (label DIR): every member of staff may read it. Partners see only the types of the
 * partner graph, because standing and agreements of an agency are not for them. Source:
 * infra/reference/domain.md 3.6.
 */
export function mayReadDirectory(viewer: Pick<Viewer, 'graph'>): boolean {
  return viewer.graph !== 'PARTNER';
}
