import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { NoteEntity, supervisedBy } from './note.entity.ts';
import type { AppreciationNote } from './note.ts';

type Asking = Pick<Context, 'db' | 'viewer'>;

/** Notes that a member of staff received, newest first: all of them for the receiver, for others what was shared. */
export async function findReceived(
  staffId: string,
  args: PageArgs,
  { db, viewer }: Asking,
): Promise<Connection<AppreciationNote>> {
  const page = readPage(args, 'appreciationNotes');
  const query = db.manager
    .createQueryBuilder(NoteEntity, 'n')
    .where('n.toStaffId = :staffId and n.deliveredAt is not null', { staffId })
    .orderBy('n.deliveredAt', 'DESC')
    .addOrderBy('n.id', 'DESC')
    .take(page.first + 1);
  if (viewer.id !== staffId)
    query.andWhere(
      `(n.visibility = 'PUBLIC' or (n.visibility = 'TEAM' and exists (
         select 1 from staff me join staff receiver on receiver.id = n.to_staff_id
         where me.id = :viewerId and receiver.supervisor_id in (me.supervisor_id, me.id))))`,
      { viewerId: viewer.id },
    );
  if (page.after) {
    const [at, id] = page.after;
    query.andWhere('(n.deliveredAt, n.id) < (:at::timestamptz, :id::uuid)', { at, id });
  }
  return connection(await query.getMany(), page, ({ deliveredAt, id }) => [deliveredAt ?? '', id]);
}

/** Notes that wait for the viewer to moderate them, those with words of crisis included, oldest first. */
export async function findQueue(
  args: PageArgs,
  { db, viewer }: Asking,
): Promise<Connection<AppreciationNote>> {
  const page = readPage(args, 'appreciationQueue');
  const supervised = await supervisedBy(db.manager, viewer);
  const query = db.manager
    .createQueryBuilder(NoteEntity, 'n')
    .where("n.moderation in ('PENDING', 'ESCALATED')")
    .andWhere('n.toStaffId <> :viewerId and n.recordedBy <> :viewerId', { viewerId: viewer.id })
    .orderBy('n.submittedAt', 'ASC')
    .addOrderBy('n.id', 'ASC')
    .take(page.first + 1);
  if (supervised) query.andWhere('n.toStaffId = any(:staff)', { staff: [...supervised] });
  if (page.after) {
    const [at, id] = page.after;
    query.andWhere('(n.submittedAt, n.id) > (:at::timestamptz, :id::uuid)', { at, id });
  }
  return connection(await query.getMany(), page, ({ submittedAt, id }) => [submittedAt, id]);
}
