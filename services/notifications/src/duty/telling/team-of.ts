import { CareEntity } from '@throughline/care';
import type { EntityManager } from 'typeorm';
import type { Named } from '../../catalogue/catalogue/addressees.ts';

type Team = Pick<Named, 'caseManagerId' | 'supervisorId'>;

/** The people who work with the client now; null while this service has not heard of the client. */
export async function findTeam(tx: EntityManager, clientId: string): Promise<Team | null> {
  const care = await tx.findOneBy(CareEntity, { clientId });
  return care && { caseManagerId: care.caseManagerId, supervisorId: care.supervisorId };
}

/**
 * The same for a fact that names nobody. Another consumer writes the copy of who works with a client. While that
 * consumer has not heard of the client, this throws, so that the fact is handled again later and its alert is not lost.
 */
export async function getTeam(tx: EntityManager, clientId: string): Promise<Team> {
  const team = await findTeam(tx, clientId);
  if (!team) throw new TeamUnknown('This service has not heard yet who works with the client.');
  return team;
}

class TeamUnknown extends Error {
  override name = 'TeamUnknown';
}
