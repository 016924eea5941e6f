import { loaderById } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { EscalationEntity } from './escalation.entity.ts';

export function createEscalationLoaders(db: DataSource) {
  return { escalationById: loaderById(db.manager, EscalationEntity) };
}
