import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { withCare, type CareLoader } from '../../people/client/client.loaders.ts';
import { AssignmentEntity, CaseFileEntity } from './case-file.entity.ts';

export function caseFileLoaders(db: EntityManager, care: CareLoader) {
  return {
    caseFileById: loaderById(db, withCare(CaseFileEntity, care)),
    caseFilesByClient: loaderByOwner(db, CaseFileEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    assignmentsByCase: loaderByOwner(db, AssignmentEntity, 'caseId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
