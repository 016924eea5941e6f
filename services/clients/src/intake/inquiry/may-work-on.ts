import { mayKnow, type Care } from '@throughline/care';
import { hasRole, type Viewer } from '@throughline/graphql';
import { deskRoles } from './allowed.ts';
import type { Inquiry } from './inquiry.ts';

/**
 * Before a conversion the intake desk works on an inquiry. After it, the inquiry belongs to the record of the client: for
 * everybody who may not know the client it does not exist. Source: infra/reference/domain.md 3.11 (presence rule).
 */
export function mayWorkOn(viewer: Viewer) {
  return (care: Care | null, { clientId }: Inquiry): boolean =>
    hasRole(viewer, ...deskRoles) && (clientId === null || mayKnow(viewer, care));
}

/** The inquiry for a reader: of the desk before a conversion, afterwards of everybody whom the parts of the record admit. */
export function forReader(viewer: Viewer, inquiry: Inquiry | null): Inquiry | null {
  if (!inquiry) return null;
  return inquiry.clientId !== null || hasRole(viewer, ...deskRoles) ? inquiry : null;
}
