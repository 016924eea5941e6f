import { careCopy, CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import type { MessageChannel } from './catalogue/catalogue/routes.ts';
import { createAlertLoaders } from './inbox/notification/alert.loaders.ts';
import { noteLoaders } from './gratitude/note/note.entity.ts';
import { createEscalationLoaders } from './duty/escalation/escalation.loaders.ts';
import { createNotificationLoaders } from './inbox/notification/notification.loaders.ts';
import { createConsentLoaders } from './channel/client-channel/consent.loaders.ts';
import { createDeliveryLoaders } from './channel/delivery/delivery.loaders.ts';
import { createQuietHoursLoaders } from './channel/quiet-hours/quiet-hours.loaders.ts';

export interface ContextParts {
  db: DataSource;
  now: () => Date;
  /** Time zone of the program. */
  timeZone: string;
  /** Channels on which this program sends messages outside the application. */
  channels: ReadonlySet<MessageChannel>;
  /** Public key for push messages; null without them. */
  pushKey: string | null;
  /** Hosts that count as push services in development. */
  pushHosts: readonly string[];
}

/** One object per request, so that loaders batch and cache per request. */
function createLoaders({ db, now }: ContextParts, viewer: Viewer, care: CareReader) {
  return {
    ...createNotificationLoaders(db, now),
    ...createEscalationLoaders(db),
    ...createAlertLoaders(db, viewer, care),
    ...createQuietHoursLoaders(db),
    ...createDeliveryLoaders(db),
    ...createConsentLoaders(db),
    ...noteLoaders(db.manager, viewer),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;

export interface Context extends ServiceContext<Loaders> {
  /** Time zone of the program. */
  timeZone: string;
  channels: ReadonlySet<MessageChannel>;
  pushKey: string | null;
  pushHosts: readonly string[];
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
