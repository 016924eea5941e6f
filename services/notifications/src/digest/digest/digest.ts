import { dayIn, timeIn, type ClockTime, type Day } from '@throughline/privacy';
import type { NotificationCode } from '../../inbox/notification/notification.ts';

/** What waited for a person at the time of the digest: codes and counts, and no client. */
export interface Digest {
  id: string;
  staffId: string;
  day: Day;
  /** Unread lines of the inbox. */
  unread: number;
  /** Those among them that must be acknowledged. */
  toAcknowledge: number;
  lines: DigestLine[];
  writtenAt: Date;
}

export interface DigestLine {
  code: NotificationCode;
  /** Facts that the unread lines of this code stand for. */
  times: number;
}

/** The time of the digest on the clocks of its reader. Source: infra/reference/domain.md 6.3. */
const FROM: ClockTime = '08:30';
/** Later a digest is of no use: the next morning has its own. */
const UNTIL: ClockTime = '10:30';

/** The day whose digest is due on the clocks of a time zone; null outside the two hours in which it is written. */
export function digestDay(timeZone: string, now: Date): Day | null {
  const time = timeIn(timeZone, now);
  return FROM <= time && time < UNTIL ? dayIn(timeZone, now) : null;
}

const QUARTER_MS = 15 * 60_000;

/** The next look at the clocks. Zones differ by quarters of an hour. */
export function nextLook(now: Date): Date {
  return new Date((Math.floor(now.getTime() / QUARTER_MS) + 1) * QUARTER_MS);
}
