import type { EntityManager } from 'typeorm';
import { entryOf, mustBeAcknowledged } from '../../catalogue/catalogue/catalogue.ts';
import type { About } from '../../inbox/notification/notification.ts';

/** A line of the inbox that was not read yet. */
export interface Line {
  id: string;
  subjectId: string;
}

export type Place = { countOn: string } | 'NEW_LINE' | 'LINE_OF_CLIENT';

/** From so many different lines of one code and client on, one line for the client counts the rest. */
export const STORM_FROM = 5;
const WINDOW_MS = 24 * 3_600_000;

/**
 * Where news of a fact goes for one recipient, who has these unread lines of the same code about the same client: news about
 * the same thing counts on its line. When five lines are there, the next one is about the client and counts
 * all that follows. What is urgent or must be acknowledged is never collapsed. Source: infra/reference/domain.md 6.3.
 */
export function placeOf(about: Pick<About, 'subjectId' | 'clientId'>, lines: readonly Line[]): Place {
  const same = lines.find(({ subjectId }) => subjectId === about.subjectId);
  if (same) return { countOn: same.id };
  const ofClient = lines.find(({ subjectId }) => subjectId === about.clientId);
  if (ofClient) return { countOn: ofClient.id };
  return about.clientId && lines.length >= STORM_FROM ? 'LINE_OF_CLIENT' : 'NEW_LINE';
}

/** Who gets a line, and who gets one about the client; the lines of the others have counted. */
export interface Places {
  own: string[];
  ofClient: string[];
}

/** Counts on the lines that are there, in the transaction of the fact. */
export async function collapse(
  tx: EntityManager,
  about: About,
  recipients: readonly string[],
  now: Date,
): Promise<Places> {
  const { priority } = entryOf(about.code);
  if (priority === 'URGENT' || mustBeAcknowledged(about.code)) return { own: [...recipients], ofClient: [] };
  const lines = await findLines(tx, about, recipients, now);
  const places = recipients.map((id) => ({ id, place: placeOf(about, lines.get(id) ?? []) }));
  const counted = await countOn(
    tx,
    places.flatMap(({ place }) => (typeof place === 'object' ? [place.countOn] : [])),
    now,
  );
  const needsOwn = (place: Place) =>
    typeof place === 'object' ? !counted.has(place.countOn) : place === 'NEW_LINE';
  return {
    own: places.filter(({ place }) => needsOwn(place)).map(({ id }) => id),
    ofClient: places.filter(({ place }) => place === 'LINE_OF_CLIENT').map(({ id }) => id),
  };
}

/** Answers the lines that have counted. One that was read at this moment does not: nobody would see its news. */
async function countOn(tx: EntityManager, lineIds: readonly string[], now: Date): Promise<Set<string>> {
  if (lineIds.length === 0) return new Set();
  const [counted]: [{ id: string }[], number] = await tx.query(
    `update notification set times = times + 1, latest_at = $2
     where id = any($1) and read_at is null and acknowledged_at is null returning id`,
    [lineIds, now],
  );
  return new Set(counted.map(({ id }) => id));
}

const LINES = `
  select id, recipient_id as "recipientId", subject_id as "subjectId" from notification
  where recipient_id = any($1::uuid[]) and code = $2 and coalesce(client_id, subject_id) = coalesce($3::uuid, $4::uuid)
    and read_at is null and acknowledged_at is null and escalation_id is null and created_at > $5
  order by created_at desc`;

async function findLines(
  tx: EntityManager,
  { code, clientId, subjectId }: About,
  recipients: readonly string[],
  now: Date,
): Promise<Map<string, Line[]>> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const found: (Line & { recipientId: string })[] = await tx.query(LINES, [
    ...[recipients, code, clientId, subjectId, since],
  ]);
  return Map.groupBy(found, ({ recipientId }) => recipientId);
}
