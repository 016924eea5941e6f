import { mayChange, mayRead, type Care } from '@throughline/care';
import { forbidden, type Forbidden, isUuid, type NotFound, notFound } from '@throughline/graphql';
import type { Context } from '../../context.ts';

/** Who works with a client about whom something new is to be written. Comes before the transaction, because it may wait. */
export async function careForWriting(
  { viewer, care }: Context,
  clientId: string,
): Promise<(Care & { caseId: string }) | NotFound | Forbidden> {
  const found = isUuid(clientId) ? await care.awaitFor(viewer, clientId) : null;
  if (!found?.caseId || !mayRead(viewer, found, 'CLINICAL')) return notFound('Client');
  return mayChange(viewer, found, 'CLINICAL')
    ? { ...found, caseId: found.caseId }
    : forbidden('Your role may read this record but not add to it.');
}
