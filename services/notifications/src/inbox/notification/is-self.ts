import type { Viewer } from '@throughline/graphql';

/** An inbox and its settings belong to one member of staff; a supervisor does not read them either. */
export function isSelf(viewer: Viewer, id: string): boolean {
  return viewer.graph === 'STAFF' && viewer.id === id;
}
