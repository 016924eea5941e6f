import type { Data, Note } from './hsds.ts';
import { localHours, readClock } from './read-time.ts';

/** A row that is being read. */
export interface Reading {
  data: Data;
  /** Fields as the package has them. */
  fields: Readonly<Record<string, string>>;
  note: Note;
  /** Stores a text that has no value, where the table has a column for such texts. */
  keepText: (field: string, text: string) => void;
}

type Check = (reading: Reading) => void;

/** What several fields of a row say together; each check changes `data` and notes why. */
export const checks: Partial<Record<string, Check>> = {
  schedule: checkHours,
  location: checkPosition,
  service: checkAges,
};

/** Opening hours become local times with their zone, or stay as text. */
function checkHours({ data, note, keepText }: Reading): void {
  const { opens_at: opensAt, closes_at: closesAt, time_zone: zone } = data;
  if (opensAt === undefined && closesAt === undefined) return;
  const clock = (text: string | number | undefined) => (text === undefined ? null : readClock(String(text)));
  const hours = {
    opens: clock(opensAt),
    closes: clock(closesAt),
    zone: zone === undefined ? null : String(zone),
  };
  const local = localHours(hours);
  if (local) {
    put(data, { opens_at: local.opensAt, closes_at: local.closesAt, time_zone: local.zone });
    return;
  }
  const message =
    'The times and the time zone do not fit together without a guess; they are kept as text only.';
  note('WARNING', 'FREE_TEXT', 'opens_at', message);
  for (const column of ['opens_at', 'closes_at', 'time_zone']) {
    if (data[column] !== undefined) keepText(column, String(data[column]));
  }
  put(data, { opens_at: null, closes_at: null, time_zone: null });
}

/** A position that cannot be right would make services look far away; without one, distance excludes nothing. */
function checkPosition({ data, fields, note }: Reading): void {
  const [latitude, longitude] = [degrees(fields.latitude), degrees(fields.longitude)];
  const fault = positionFault(latitude, longitude);
  if (fault) note('WARNING', 'BAD_POSITION', 'latitude', `${fault} The position stays empty.`);
  const isWhole = data.latitude !== undefined && data.longitude !== undefined;
  if (fault || !isWhole) put(data, { latitude: null, longitude: null });
}

/** NaN for an empty text: no comparison with it is true. */
function degrees(text = ''): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** Nobody offers a service south of this latitude, and all longitudes of the United States lie below it. */
const southernmost = -60;

function positionFault(latitude: number, longitude: number): string | null {
  if (latitude === 0 && longitude === 0) return 'Latitude and longitude are 0, a place in the ocean.';
  const isNowhere = latitude < southernmost || latitude > 90;
  if (isNowhere && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90) {
    return 'Latitude and longitude look swapped.';
  }
  return null;
}

function checkAges({ data, note }: Reading): void {
  const { minimum_age: minimum, maximum_age: maximum } = data;
  if (minimum === undefined || maximum === undefined || minimum <= maximum) return;
  const message = `The minimum age ${minimum} is above the maximum age ${maximum}; both stay empty.`;
  note('WARNING', 'BAD_VALUE', 'minimum_age', message);
  put(data, { minimum_age: null, maximum_age: null });
}

function put(data: Data, values: Readonly<Record<string, string | number | null>>): void {
  for (const [column, value] of Object.entries(values)) {
    if (value === null) Reflect.deleteProperty(data, column);
    else data[column] = value;
  }
}
