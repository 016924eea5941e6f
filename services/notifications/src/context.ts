import { careCopy, CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { createAlertLoaders } from './inbox/notification/alert.loaders.ts';
import { createEscalationLoaders } from './duty/escalation/escalation.loaders.ts';
import { createNotificationLoaders } from './inbox/notification/notification.loaders.ts';
import { createQuietHoursLoaders } from './channel/quiet-hours/quiet-hours.loaders.ts';

export interface ContextParts {
  db: DataSource;
  now: () => Date;
}

/** One object per request, so that loaders batch and cache per request. */
function createLoaders({ db, now }: ContextParts, viewer: Viewer, care: CareReader) {
  return {
    ...createNotificationLoaders(db, now),
    ...createEscalationLoaders(db),
    ...createAlertLoaders(db, viewer, care),
    ...createQuietHoursLoaders(db),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;

export interface Context extends ServiceContext<Loaders> {
  care: CareReader;
}

export function createContext(parts: ContextParts, viewer: Viewer, requestId: string): Context {
  const care = new CareReader(careCopy, { ...parts, viewer });
  return {
    ...parts,
    viewer,
    care,
    cause: causeOf(viewer, requestId),
    loaders: createLoaders(parts, viewer, care),
  };
}
