import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { AssignmentEntity, CaseFileEntity } from './case-file.entity.ts';

export function caseFileLoaders(db: EntityManager) {
  return {
    caseFileById: loaderById(db, CaseFileEntity),
    caseFilesByClient: loaderByOwner(db, CaseFileEntity, 'clientId', { openedAt: 'DESC', id: 'DESC' }),
    assignmentsByCase: loaderByOwner(db, AssignmentEntity, 'caseId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
