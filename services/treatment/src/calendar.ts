/** The calendar day of an instant, in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The latest day that it is anywhere on earth: a date beyond it lies in the future for everybody. */
export function furthestDay(now: Date): string {
  return dayOf(new Date(now.getTime() + 14 * 3_600_000));
}

/** The earliest day that it still is anywhere on earth: a date before it is past for everybody. */
export function nearestDay(now: Date): string {
  return dayOf(new Date(now.getTime() - 12 * 3_600_000));
}

/** The calendar day `days` after an instant, in UTC. */
export function daysAfter(instant: Date, days: number): string {
  return dayOf(new Date(instant.getTime() + days * 86_400_000));
}
