export { createClient, type Answer, type CallOptions, type Client, type ClientOptions } from './client.ts';
export { errorCodes, type ErrorCode, type GraphError } from './errors.ts';
export type { LiveEvent, LiveListener } from './live.ts';
export type { Operation } from './operation.ts';
export {
  dateTime,
  type CalendarDate,
  type Cursor,
  type DateTime,
  type Email,
  type Phone,
} from './scalars.ts';
