import { CareTeamEntity, CareTeamStaffEntity, CreateCareTeam1700000000001 } from '@throughline/care-team';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { DataSource } from 'typeorm';
import { CarePlanEntity } from './care-plan/care-plan.entity.ts';
import { EpisodeEntity } from './episode/episode.entity.ts';
import { GoalEntity, GoalProgressEntity } from './goal/goal.entity.ts';
import { CreateScreening1700000000002 } from './migrations/0002-create-screening.ts';
import { CreateEpisode1700000000003 } from './migrations/0003-create-episode.ts';
import { CreateCarePlan1700000000004 } from './migrations/0004-create-care-plan.ts';
import { CreateTimelineEntry1700000000005 } from './migrations/0005-create-timeline-entry.ts';
import { NeedEntity } from './need/need.entity.ts';
import { ScreeningEntity } from './screening/screening.entity.ts';
import { TimelineEntryEntity } from './timeline/timeline.entity.ts';

const entities = [
  ...messagingEntities,
  CareTeamEntity,
  CareTeamStaffEntity,
  ScreeningEntity,
  EpisodeEntity,
  CarePlanEntity,
  GoalEntity,
  GoalProgressEntity,
  NeedEntity,
  TimelineEntryEntity,
];

/** In order; the number at the end of the class name decides. */
const migrations = [
  ...messagingMigrations,
  CreateCareTeam1700000000001,
  CreateScreening1700000000002,
  CreateEpisode1700000000003,
  CreateCarePlan1700000000004,
  CreateTimelineEntry1700000000005,
];

export function createDataSource(url: string, poolSize = 10): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'treatment',
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
  });
}

/** Brings the schema up to date, as the owner. A step of its own: no service migrates at its start. */
export async function migrate(ownerUrl: string): Promise<void> {
  const dataSource = await createDataSource(ownerUrl, 1).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
