import type { EntityManager } from 'typeorm';
import { StayEntity } from '../../episode/stay/stay.entity.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import { EvidenceEntity, type Evidence } from './obligation.entity.ts';

/** What obligations and contacts of a client both follow from. */
export interface Known {
  stays: Stay[];
  /** In order of time. */
  evidence: Evidence[];
  /** The earliest day of death that somebody told; null while nobody has. */
  diedAt: Date | null;
}

export async function readKnown(tx: EntityManager, clientId: string): Promise<Known> {
  const stays = await tx.findBy(StayEntity, { clientId });
  const evidence = await tx.find(EvidenceEntity, { where: { clientId }, order: { at: 'ASC', id: 'ASC' } });
  const diedAt = evidence.find(({ type, counts }) => type === 'DEATH' && counts)?.at ?? null;
  return { stays, evidence, diedAt };
}
