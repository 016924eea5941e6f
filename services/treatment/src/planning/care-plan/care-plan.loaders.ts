import { withCareTeam, type CareTeams } from '@throughline/care-team';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { CarePlanEntity } from './care-plan.entity.ts';

const latestFirst = { openedAt: 'DESC', id: 'DESC' } as const;

export function carePlanLoaders({ manager }: DataSource, teams: CareTeams) {
  const carePlans = withCareTeam(CarePlanEntity, teams);
  return {
    carePlanById: loaderById(manager, carePlans),
    carePlansByClient: loaderByOwner(manager, CarePlanEntity, 'clientId', latestFirst),
    carePlansByCase: loaderByOwner(manager, carePlans, 'caseId', latestFirst),
  };
}
