import type { Viewer } from '@throughline/graphql';

/** An inbox and its settings belong to one member of staff; a supervisor may not read them. */
export function isSelf(viewer: Viewer, id: string): boolean {
  return viewer.graph === 'STAFF' && viewer.id === id;
}
