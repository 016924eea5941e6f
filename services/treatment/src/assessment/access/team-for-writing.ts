import { awaitCareTeam, type CareTeam } from '@throughline/care-team';
import { forbidden, type Forbidden, isUuid, type NotFound, notFound } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { clinicalAccess, mayWrite } from './clinical-access.ts';

/**
 * The team of a client about whom something new is to be written. A client registered a moment ago is waited for,
 * two seconds at most, so this comes before the transaction.
 */
export async function teamForWriting(
  { db, viewer }: Context,
  clientId: string,
): Promise<CareTeam | NotFound | Forbidden> {
  const team = isUuid(clientId) ? await awaitCareTeam(db, viewer, clientId) : null;
  if (!team || clinicalAccess(viewer, team) !== 'OK') return notFound('Client');
  return mayWrite(viewer) ? team : forbidden('Your role may read this record but not add to it.');
}
