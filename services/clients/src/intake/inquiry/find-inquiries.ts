import {
  connection,
  hasRole,
  isUuid,
  readPage,
  type Connection,
  type PageArgs,
  type Viewer,
} from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { InquiryFilter, InquirySort } from '../../generated/graphql.ts';
import { reachOf } from '../../people/client/listed-reach.ts';
import { InquiryEntity } from './inquiry.entity.ts';
import type { Inquiry } from './inquiry.ts';

export interface InquiriesArgs extends PageArgs {
  filter?: InquiryFilter | null | undefined;
  sort?: InquirySort | null | undefined;
}

/**
 * Inquiries of the desk. Those that led to a client are listed only for the person who took or converted them and for
 * that person's supervisor, as long as the viewer may know the client; the parts of the client's record then say what is
 * read of them.
 */
export async function findInquiries(
  { db, viewer }: Context,
  { filter, sort, ...args }: InquiriesArgs,
): Promise<Connection<Inquiry>> {
  const { status, urgency, handledById, receivedFrom, receivedBefore } = filter ?? {};
  const direction = sort === 'OLDEST' ? 'ASC' : 'DESC';
  const page = readPage(args, `inquiries ${direction}`);
  const query = db.manager
    .createQueryBuilder(InquiryEntity, 'i')
    .where(OF_THE_DESK, { viewerId: viewer.id, leads: hasRole(viewer, 'SUPERVISOR') })
    .andWhere(ofKnownClients(viewer))
    .orderBy({ 'i.receivedAt': direction, 'i.id': direction })
    .limit(page.first + 1);
  const only = status ?? (['OPEN', 'CALLBACK'] as const);
  query.andWhere('i.status = any(:only)', { only });
  if (urgency) query.andWhere('i.urgency = any(:urgency)', { urgency });
  if (handledById)
    query.andWhere('i.handledBy = :handledById', { handledById: isUuid(handledById) ? handledById : null });
  if (receivedFrom) query.andWhere('i.receivedAt >= :receivedFrom', { receivedFrom });
  if (receivedBefore) query.andWhere('i.receivedAt < :receivedBefore', { receivedBefore });
  if (page.after) {
    const [at, id] = page.after;
    const follows = direction === 'ASC' ? '>' : '<';
    query.andWhere(`(i.receivedAt, i.id) ${follows} (:at::timestamptz, :id::uuid)`, { at, id });
  }
  return connection(await query.getMany(), page, ({ receivedAt, id }) => [receivedAt, id]);
}

const OF_THE_DESK = `(i.client_id is null or i.handled_by = :viewerId or i.converted_by = :viewerId
  or :leads and exists (select from case_manager m
    where m.id in (i.handled_by, i.converted_by) and m.supervisor_id = :viewerId))`;

/** A client whom the viewer may not know does not exist: neither does the row of the list. `:viewerId` is the viewer. */
function ofKnownClients(viewer: Viewer): string {
  const known = reachOf(viewer).map((source) => `exists (select from ${source} and c.id = i.client_id)`);
  return `(${['i.client_id is null', ...known].join(' or ')})`.replaceAll('$1', ':viewerId');
}

/** Promised calls by their time, the first one first; with `until` only those that are due by then. */
export async function findCallbacks(
  { db }: Context,
  { until, ...args }: PageArgs & { until?: Date | null | undefined },
): Promise<Connection<Inquiry>> {
  const page = readPage(args, 'callbacks');
  const query = db.manager
    .createQueryBuilder(InquiryEntity, 'i')
    .where(`i.status = 'CALLBACK'`)
    .orderBy({ 'i.callbackDueAt': 'ASC', 'i.id': 'ASC' })
    .limit(page.first + 1);
  if (until) query.andWhere('i.callbackDueAt <= :until', { until });
  if (page.after) {
    const [at, id] = page.after;
    query.andWhere('(i.callbackDueAt, i.id) > (:at::timestamptz, :id::uuid)', { at, id });
  }
  return connection(await query.getMany(), page, ({ callbackDueAt, id }) => [callbackDueAt ?? '', id]);
}
