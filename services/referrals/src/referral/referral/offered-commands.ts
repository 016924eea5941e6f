import type { ReferralCommand } from './transitions.ts';

/** Commands that have a mutation in the staff graph. */
export const staffCommands: ReadonlySet<ReferralCommand> = new Set([
  'submit',
  'send',
  'provideInfo',
  'closeResolved',
  'closeUnresolved',
  'cancel',
  'enterInError',
  'reroute',
]);

/** Commands that have a mutation in the partner graph. */
export const partnerCommands: ReadonlySet<ReferralCommand> = new Set([
  'acknowledge',
  'requestInfo',
  'accept',
  'decline',
  'waitlist',
  'schedule',
  'recordNoShow',
  'startService',
  'hold',
  'resume',
  'closeResolved',
  'closeUnresolved',
]);
