import type { Viewer } from '@throughline/graphql';
import type { ExecutionResult } from 'graphql';
import { Caseload, type ReadPage } from './caseload.ts';
import type { LiveHub } from './live-hub.ts';
import { codeOf, refused, type LiveOperation } from './live-operation.ts';
import type { Ending, Listener } from './listener.ts';
import type { Signal } from './signal.ts';

/** What a query or an event answers. */
export type LiveResult = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

/** Runs a query as a viewer, with the same checks as an ordinary request. */
export type RunQuery = (
  viewer: Viewer,
  operation: { query: string; operationName: string; variables: Record<string, unknown> },
) => Promise<LiveResult>;

export interface LiveSubscriber {
  viewer: Viewer;
  /** When the token ends; the subscription ends with it. */
  expiresAt: Date;
  lastEventId?: string;
}

const farewells: Record<Exclude<Ending, 'GONE'>, [code: string, message: string]> = {
  CLOSING: ['LIVE_INTERRUPTED', 'The gateway stops: subscribe again with the last event id.'],
  EXPIRED: ['UNAUTHENTICATED', 'The token has expired: sign in and subscribe again.'],
  SHUT_OUT: ['UNAUTHENTICATED', 'Your access or your roles have changed: sign in and subscribe again.'],
  OVERFLOW: ['LIVE_INTERRUPTED', 'Events came faster than they were read: subscribe again.'],
};
const longestTimer = 2 ** 31 - 1;

/**
 * One subscription: events for the subscriber, each with the selection as read at that moment. Throws a
 * GraphQLError when it cannot begin; ends with an error that says why when it cannot continue.
 */
export async function beginSession(
  hub: LiveHub,
  run: RunQuery,
  operation: LiveOperation,
  subscriber: LiveSubscriber,
): Promise<{ results: AsyncGenerator<LiveResult, void, undefined>; end(): void }> {
  const { viewer, lastEventId, expiresAt } = subscriber;
  const listener = hub.listen(lastEventId);
  if (!listener)
    throw refused(
      'LIVE_GAP',
      'Events after that one are not available here. Read again, and subscribe without it.',
    );
  try {
    if (operation.field === 'notificationAdded') await refuseShutOut(viewer, run);
    const concerns = await concernsOf(operation, viewer, run);
    const read = (id: string) =>
      run(viewer, { ...operation, variables: { ...operation.variables, liveId: id } });
    if (operation.field === 'referralChanged') await refuseUnknown(operation, read);
    const results = tell({ listener, viewer, operation, concerns, read });
    const timer = setTimeout(
      () => listener.end('EXPIRED'),
      Math.min(Math.max(expiresAt.getTime() - Date.now(), 0), longestTimer),
    );
    timer.unref();
    return {
      results,
      end: () => {
        clearTimeout(timer);
        listener.end('GONE');
      },
    };
  } catch (error) {
    listener.end('GONE');
    throw error;
  }
}

/** Which id to read for a signal: null when it does not concern the subscriber, 'left' when nothing is to be read. */
type Concerns = (signal: Signal) => string | null | typeof left;
const left = Symbol('left the caseload');

async function concernsOf(operation: LiveOperation, viewer: Viewer, run: RunQuery): Promise<Concerns> {
  switch (operation.field) {
    case 'notificationAdded':
      return ({ notification }) => (notification?.recipientId === viewer.id ? notification.id : null);
    case 'referralChanged':
      return ({ referralId }) => (referralId === operation.id ? operation.id : null);
    case 'caseloadChanged': {
      const readPage: ReadPage = (query, variables) =>
        run(viewer, { query, operationName: 'LiveCaseload', variables });
      const caseload = await Caseload.of(viewer.id, readPage);
      return (signal) => {
        const change = caseload.follow(signal);
        return change === 'left' ? left : change === 'concerned' ? (signal.clientId ?? null) : null;
      };
    }
  }
}

/** An event must not disclose that the object exists. */
async function refuseUnknown(
  { id, key }: LiveOperation,
  read: (id: string) => Promise<LiveResult>,
): Promise<void> {
  const { data, errors } = await read(id ?? '');
  if (data?.[key]) return;
  const [first] = errors ?? [];
  if (first) throw refused(codeOf(first.extensions), first.message);
  throw refused('NOT_FOUND', 'There is no such referral, or it is not on your caseload or team.');
}

/** Reads nothing of the record, but goes to a service: it refuses who is not active. The other fields read anyway. */
async function refuseShutOut(viewer: Viewer, run: RunQuery): Promise<void> {
  const query = 'query LiveStanding { me { id } }';
  const { errors } = await run(viewer, { query, operationName: 'LiveStanding', variables: {} });
  const [first] = errors ?? [];
  if (first) throw refused(codeOf(first.extensions), first.message);
}

/** Whether the token of the viewer says more than the staff record does from now on. */
function isShutOut({ id, roles }: Viewer, { standing }: Signal): boolean {
  if (standing?.staffId !== id) return false;
  return !standing.active || roles.some((role) => !standing.roles.includes(role));
}

interface Telling {
  listener: Listener;
  viewer: Viewer;
  operation: LiveOperation;
  concerns: Concerns;
  read: (id: string) => Promise<LiveResult>;
}

async function* tell({
  listener,
  viewer,
  operation,
  concerns,
  read,
}: Telling): AsyncGenerator<LiveResult, void, undefined> {
  try {
    for await (const signal of listener) {
      if (isShutOut(viewer, signal)) listener.end('SHUT_OUT');
      if (listener.ending) break;
      const id = concerns(signal);
      if (id === null) continue;
      const extensions = { eventId: signal.id };
      if (id === left) {
        yield { data: { [operation.key]: null }, extensions };
        continue;
      }
      const { data, errors } = await read(id);
      if (data?.[operation.key]) yield { data, ...(errors && { errors }), extensions };
      else if (errors?.length) {
        yield ended(
          'LIVE_INTERRUPTED',
          'An event could not be read: subscribe again with the last event id.',
        );
        return;
      }
    }
    const { ending } = listener;
    if (ending && ending !== 'GONE') yield ended(...farewells[ending]);
  } finally {
    listener.end('GONE');
  }
}

function ended(code: string, message: string): LiveResult {
  return { errors: [refused(code, message)] };
}
