import { CareEntity } from '@throughline/care';
import { heardBy, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Named } from '../../catalogue/catalogue/addressees.ts';

type Team = Pick<Named, 'caseManagerId' | 'supervisorId'>;

/** The people who work with the client now; null while this service has not heard of the client. */
export async function findTeam(tx: EntityManager, clientId: string): Promise<Team | null> {
  const care = await tx.findOneBy(CareEntity, { clientId });
  return care && { caseManagerId: care.caseManagerId, supervisorId: care.supervisorId };
}

/**
 * The same for a fact of the client that names nobody. Another consumer writes the copy of who works with a client. While
 * that consumer is behind this fact, or has not heard of the client, this throws, so that the fact is handled again later:
 * its alert is not lost, and does not reach a case manager of before.
 */
export async function getTeam(tx: EntityManager, clientId: string, received: Received): Promise<Team> {
  await heardBy(tx, { service: 'notifications', concern: 'access' }, received);
  const team = await findTeam(tx, clientId);
  if (!team) throw new TeamUnknown('This service has not heard yet who works with the client.');
  return team;
}

class TeamUnknown extends Error {
  override name = 'TeamUnknown';
}
