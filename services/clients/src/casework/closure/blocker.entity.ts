import { EntitySchema, type EntityManager } from 'typeorm';
import type { OpenWork } from './closure.ts';

/** Something that is open for a client in another service and holds up the end of the case. */
export interface CaseBlocker {
  id: string;
  clientId: string;
  kind: 'CRISIS' | 'REFERRAL' | 'DRAFT_REFERRAL' | 'DRAFT_NOTE';
  since: Date;
}

export const CaseBlockerEntity = new EntitySchema<CaseBlocker>({
  name: 'CaseBlocker',
  tableName: 'case_blocker',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    kind: { type: 'text' },
    since: { type: 'timestamptz' },
  },
});

/** How much of each kind is open for a client. */
export async function countBlockers(
  db: EntityManager,
  clientId: string,
): Promise<Pick<OpenWork, 'crises' | 'referrals' | 'drafts'>> {
  const found = await db.findBy(CaseBlockerEntity, { clientId });
  const count = (kind: CaseBlocker['kind']) => found.filter((one) => one.kind === kind).length;
  const drafts = count('DRAFT_REFERRAL') + count('DRAFT_NOTE');
  return { crises: count('CRISIS'), referrals: count('REFERRAL'), drafts };
}
