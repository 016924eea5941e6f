/** Whether the text is a calendar day that exists, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    isInstant(`${text}T00:00:00Z`) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** Whether the text is an instant that can be read. */
export function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

/** Whether a whole calendar day (UTC) lies behind. */
export function dayIsOver(day: string, now: Date): boolean {
  return day < now.toISOString().slice(0, 10);
}

/** Years completed between two calendar days. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
