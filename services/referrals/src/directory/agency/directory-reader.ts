import type { Viewer } from '@throughline/graphql';

/**
 * Directory data is public (label DIR): every member of staff may read it. Partners see what the partner graph's own
 * types show them, because an agency's standing and agreements are not theirs to know.
 * Source: infra/reference/domain.md 3.6.
 */
export function mayReadDirectory(viewer: Pick<Viewer, 'graph'>): boolean {
  return viewer.graph !== 'PARTNER';
}
