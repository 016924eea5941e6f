import { CareEntity } from '@throughline/care';
import type { EntityManager } from 'typeorm';
import type { Named } from '../../catalogue/catalogue/addressees.ts';

/** Who works with the client now: whom a fact names may have handed the client over since. */
export async function teamOf(
  tx: EntityManager,
  clientId: string,
): Promise<Pick<Named, 'caseManagerId' | 'supervisorId'>> {
  const team = await tx.findOneBy(CareEntity, { clientId });
  return { caseManagerId: team?.caseManagerId ?? null, supervisorId: team?.supervisorId ?? null };
}
