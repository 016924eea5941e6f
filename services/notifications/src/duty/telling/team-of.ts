import { CareEntity } from '@throughline/care';
import type { EntityManager } from 'typeorm';
import type { Named } from '../../catalogue/catalogue/addressees.ts';

/** The people who work with the client now: the person in the fact may have handed the client over. */
export async function teamOf(
  tx: EntityManager,
  clientId: string,
): Promise<Pick<Named, 'caseManagerId' | 'supervisorId'>> {
  const team = await tx.findOneBy(CareEntity, { clientId });
  return { caseManagerId: team?.caseManagerId ?? null, supervisorId: team?.supervisorId ?? null };
}
