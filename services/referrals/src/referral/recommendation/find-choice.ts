import { mayKnow } from '@throughline/care';
import { awaitCopy, isUuid } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { ChosenServiceEntity } from './chosen-service.entity.ts';
import type { ChosenService } from './chosen-service.ts';

/** Waits for a choice that was recorded a moment ago; null for an unknown one, and for one of a client whom the viewer may not know. */
export async function awaitChoice(
  { db, now, viewer, care }: Context,
  id: string,
): Promise<ChosenService | null> {
  if (!isUuid(id)) return null;
  return awaitCopy(id, now(), async () => {
    const chosen = await db.manager.findOneBy(ChosenServiceEntity, { id });
    if (!chosen) return undefined;
    return mayKnow(viewer, await care.awaitFor(viewer, chosen.clientId)) ? chosen : null;
  });
}
