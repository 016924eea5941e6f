import { careEntities, careMigrations } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import { CarePlanEntity } from './planning/care-plan/care-plan.entity.ts';
import { EpisodeEntity } from './episode/episode/episode.entity.ts';
import { GoalEntity, GoalProgressEntity } from './planning/goal/goal.entity.ts';
import { CreateScreening1700000000002 } from './migrations/0002-create-screening.ts';
import { CreateEpisode1700000000003 } from './migrations/0003-create-episode.ts';
import { CreateCarePlan1700000000004 } from './migrations/0004-create-care-plan.ts';
import { CreateTimelineEntry1700000000005 } from './migrations/0005-create-timeline-entry.ts';
import { CreateClientAge1700000000006 } from './migrations/0006-create-client-age.ts';
import { ClientAgeEntity } from './assessment/age/client-age.entity.ts';
import { NeedEntity } from './planning/need/need.entity.ts';
import { ScreeningEntity } from './assessment/screening/screening.entity.ts';
import { TimelineEntryEntity } from './timeline/timeline/timeline.entity.ts';

const entities = [
  ...messagingEntities,
  ...careEntities,
  ClientAgeEntity,
  ScreeningEntity,
  EpisodeEntity,
  CarePlanEntity,
  GoalEntity,
  GoalProgressEntity,
  NeedEntity,
  TimelineEntryEntity,
];

const migrations = [
  ...messagingMigrations,
  ...careMigrations,
  CreateScreening1700000000002,
  CreateEpisode1700000000003,
  CreateCarePlan1700000000004,
  CreateTimelineEntry1700000000005,
  CreateClientAge1700000000006,
];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'treatment',
  entities,
  migrations,
  timers: false,
});
