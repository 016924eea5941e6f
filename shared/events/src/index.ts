import * as clients from './clients.ts';
import type { EventDefinition } from './define-event.ts';
import * as notifications from './notifications.ts';
import {
  disclosureMade,
  disclosureRepeated,
  referralFacts,
  referralRequested,
  referralRequestStatusChanged,
  webhookDisabled,
} from './referrals.ts';
import * as treatment from './treatment.ts';

export * from './clients.ts';
export * from './define-event.ts';
export * from './fact-headers.ts';
export * from './notifications.ts';
export * from './partner-webhook.ts';
export * from './referrals.ts';
export * from './treatment.ts';

/** Every fact that crosses a service border. */
export const allEvents = [
  ...Object.values(clients),
  ...Object.values(treatment),
  referralRequested,
  referralRequestStatusChanged,
  ...Object.values(referralFacts),
  disclosureMade,
  disclosureRepeated,
  webhookDisabled,
  ...Object.values(notifications),
] as unknown as readonly EventDefinition[];
