import { mayKnow } from '@throughline/care';
import { awaitCopy, isUuid } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Need } from './need.ts';
import { NeedEntity } from './need.entity.ts';

/** Waits for a need that was recorded a moment ago. A need that is here is not waited for, also when it belongs to another client. */
export async function awaitNeed({ db, now, viewer, care }: Context, id: string): Promise<Need | null> {
  if (!isUuid(id)) return null;
  return awaitCopy(id, now(), async () => {
    const need = await db.manager.findOneBy(NeedEntity, { id });
    if (!need) return undefined;
    return mayKnow(viewer, await care.awaitFor(viewer, need.clientId)) ? need : null;
  });
}
