import { mayKnow } from '@throughline/care';
import { awaitCopy } from '@throughline/graphql';
import { EntitySchema } from 'typeorm';
import type { Context } from '../../context.ts';
import type { NeedRef } from './need.ts';

export const NeedEntity = new EntitySchema<NeedRef>({
  name: 'Need',
  tableName: 'need',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    category: { type: 'text', nullable: true },
    status: { type: 'text' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at', nullable: true },
  },
});

/**
 * Waits for a need that was recorded a moment ago. Does not wait for a need that exists here, also when it
 * belongs to another client.
 */
export async function needArrives({ db, viewer, care, now }: Context, id: string): Promise<void> {
  await awaitCopy(id, now(), async () => {
    const need = await db.manager.findOneBy(NeedEntity, { id });
    if (!need) return undefined;
    const found = (await care.careIn(db.manager, [need.clientId])).get(need.clientId) ?? null;
    return mayKnow(viewer, found) ? need : null;
  });
}
