import {
  connection,
  readPage,
  type Connection,
  type PageArgs,
  type ServiceContext,
} from '@throughline/graphql';
import {
  findParked,
  findScheduler,
  listParked,
  listTimers,
  type ParkedMessage,
  type ParkedState,
  type Scheduler,
  type Timer,
  type TimerPage,
} from '@throughline/messaging';

type Asking = Pick<ServiceContext, 'db'>;

interface ParkedArgs extends PageArgs {
  states?: readonly ParkedState[] | null | undefined;
}

/** Oldest failure first, in one statement. */
export async function findParkedFacts(
  { db }: Asking,
  { states, ...paging }: ParkedArgs,
): Promise<Connection<ParkedMessage>> {
  const page = readPage(paging, 'parked facts');
  const rows = await listParked(db, {
    ...(states && { states }),
    first: page.first + 1,
    ...(page.after?.[0] && { after: page.after[0] }),
  });
  return connection(rows, page, ({ position }) => [position]);
}

export function findParkedFact({ db }: Asking, id: string): Promise<ParkedMessage | null> {
  return findParked(db, id);
}

type TimerArgs = PageArgs & Pick<TimerPage, 'names' | 'states' | 'order'>;

/** In order of the time at which they run. */
export async function findTimers(
  { db }: Asking,
  { first, after, ...wanted }: TimerArgs,
): Promise<Connection<Timer>> {
  const page = readPage({ first, after }, 'timers');
  const rows = await listTimers(db, { ...wanted, first: page.first + 1, after: page.after });
  return connection(rows, page, ({ position }) => position);
}

export function schedulerOf({ db }: Asking, service: string): Promise<Scheduler | null> {
  return findScheduler(db, service);
}
