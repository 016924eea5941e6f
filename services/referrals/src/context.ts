import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { agencyLoaders } from './agency/agency.loaders.ts';
import type { ReferralsConfig } from './config.ts';
import { directoryServiceLoaders } from './directory-service/directory-service.loaders.ts';
import { locationLoaders } from './location/location.loaders.ts';

/** One object a request, so that loaders batch and forget per request; each slice adds its own. */
export function createLoaders(db: DataSource) {
  return { ...agencyLoaders(db), ...directoryServiceLoaders(db), ...locationLoaders(db) };
}

export type Loaders = ReturnType<typeof createLoaders>;

export interface Context extends ServiceContext<Loaders> {
  config: ReferralsConfig;
  logger: Logger;
}

export interface ContextParts {
  db: DataSource;
  config: ReferralsConfig;
  logger: Logger;
  now(): Date;
}

export function createContext(parts: ContextParts, viewer: Viewer, requestId: string): Context {
  return {
    ...parts,
    viewer,
    cause: causeOf(viewer, requestId),
    loaders: createLoaders(parts.db),
  };
}
