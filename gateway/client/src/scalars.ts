declare const opaque: unique symbol;

/** Instant in UTC, for example `2026-11-23T18:02:11.000Z`. */
export type DateTime = `${number}-${number}-${number}T${string}Z`;

/** Calendar date without time zone, for example `1984-05-31`. */
export type CalendarDate = `${number}-${number}-${number}`;

/** Position in a list: comes out of `pageInfo` or an edge, and only goes back into `after`. */
export type Cursor = string & { readonly [opaque]: 'Cursor' };

export type Email = `${string}@${string}`;

/** Telephone number in E.164 form, for example `+13055550123`. */
export type Phone = `+${number}`;

/** The instant as the graph takes it. */
export function dateTime(date: Date): DateTime {
  return date.toISOString() as DateTime;
}
