import { careCopy, CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { carePlanLoaders } from './planning/care-plan/care-plan.entity.ts';
import { episodeLoaders } from './episode/episode/episode.entity.ts';
import { goalLoaders } from './planning/goal/goal.entity.ts';
import { screeningLoaders } from './assessment/screening/screening.loaders.ts';
import { timelineLoaders } from './timeline/timeline/timeline.loaders.ts';

/** One object per request, so that loaders batch and cache per request. */
export function createLoaders(db: DataSource, care: CareReader) {
  return {
    ...screeningLoaders(db, care),
    ...episodeLoaders(db, care),
    ...carePlanLoaders(db, care),
    ...goalLoaders(db, care),
    ...timelineLoaders(db),
  };
}

export interface Context extends ServiceContext<ReturnType<typeof createLoaders>> {
  /** Time zone of the program. */
  timeZone: string;
  care: CareReader;
}

export interface ContextParts {
  db: DataSource;
  now: () => Date;
  timeZone: string;
}

export function createContext(parts: ContextParts, viewer: Viewer, requestId: string): Context {
  const care = new CareReader(careCopy, { ...parts, viewer });
  return {
    ...parts,
    viewer,
    care,
    cause: causeOf(viewer, requestId),
    loaders: createLoaders(parts.db, care),
  };
}
