import { careCopy, CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { agencyLoaders } from './directory/agency/agency.loaders.ts';
import type { ReferralsConfig } from './config.ts';
import type { ReadReleaseBasis } from './referral/consent/release-basis.ts';
import { directoryServiceLoaders } from './directory/directory-service/directory-service.loaders.ts';
import { locationLoaders } from './directory/location/location.loaders.ts';
import { referralRequestLoaders } from './referral/referral-request/referral-request.loaders.ts';
import { referralLoaders } from './referral/referral/referral.loaders.ts';
import { webhookLoaders } from './delivery/webhook/webhook-lists.ts';

/** One object per request, so that loaders batch and cache per request; each slice adds its own. */
export function createLoaders(db: DataSource, care: CareReader) {
  return {
    ...agencyLoaders(db),
    ...directoryServiceLoaders(db),
    ...locationLoaders(db),
    ...referralLoaders(db, care),
    ...referralRequestLoaders(db, care),
    ...webhookLoaders(db),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;

export interface Context extends ServiceContext<Loaders> {
  care: CareReader;
  config: ReferralsConfig;
  logger: Logger;
  /** The consent and all that a release depends on, from their owner, at this moment. */
  readReleaseBasis: ReadReleaseBasis;
}

export interface ContextParts {
  db: DataSource;
  config: ReferralsConfig;
  logger: Logger;
  readReleaseBasis: ReadReleaseBasis;
  now(): Date;
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
