import type { Cause } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import { In, IsNull, type DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases } from '../../workforce/case-manager/case-manager.ts';
import { AssignmentEntity } from '../assignment/assignment.entity.ts';
import { assignPrimary, type Assignment } from '../assignment/assignment.ts';
import { findStaffing, lockStaff, type Staffing } from '../assignment/staffing.ts';
import { ReassignmentEntity, type Reassignment } from './reassignment.entity.ts';
import type { ReassignmentCode, ReassignmentState } from './reassignment.ts';

/** Cases of one transaction: few enough that a contact of one of them is logged without a long wait. */
const batch = 100;

const payloadShape = z.object({ reassignmentId: z.uuid() });

interface Item {
  position: number;
  caseId: string;
  clientId: string;
  toStaffId: string;
}

/**
 * Moves the cases of a reassignment, batch by batch, each in a transaction of its own. After a crash it goes on with what
 * is left. A case that was closed or handed over meanwhile stays as it is.
 */
export function moveCases({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return async (payload, { dataSource }) => {
    const { reassignmentId } = payloadShape.parse(payload);
    let isDone = false;
    while (!isDone) isDone = await moveBatch(dataSource, reassignmentId, { now: now(), timeZone });
  };
}

function moveBatch(dataSource: DataSource, id: string, at: Moment): Promise<boolean> {
  return dataSource.transaction(async (tx) => {
    const where = { id, status: 'RUNNING' as const };
    const running = await tx.findOne(ReassignmentEntity, { where, lock: { mode: 'for_no_key_update' } });
    if (!running) return true;
    const items: Item[] = await tx.query(
      `select position, case_id as "caseId", client_id as "clientId", to_staff_id as "toStaffId"
       from reassignment_item where reassignment_id = $1 and state = 'PENDING' order by position limit $2`,
      [id, batch],
    );
    if (items.length > 0) await moveItems(tx, running, items, at);
    if (items.length === batch) return false;
    await tx.update(ReassignmentEntity, { id }, { status: 'DONE', finishedAt: at.now });
    return true;
  });
}

async function moveItems(
  tx: EntityManager,
  running: Reassignment,
  items: readonly Item[],
  at: Moment,
): Promise<void> {
  const previous = await lockPrevious(tx, running.fromStaffId, items);
  const receivers = await findOpen(tx, items, at);
  const decided = items.map((item) => decide(item, previous.get(item.caseId), receivers.get(item.toStaffId)));
  const moved = decided.flatMap(({ handover }) => handover ?? []);
  await handOver(tx, running, moved, at);
  const states = decided.map(({ item, state, code }) => ({ position: item.position, state, code }));
  await tx.query(
    `update reassignment_item i set state = d.state, code = d.code
     from json_to_recordset($2::json) as d (position integer, state text, code text)
     where i.reassignment_id = $1 and i.position = d.position`,
    [running.id, JSON.stringify(states)],
  );
}

interface Handover {
  item: Item;
  before: Assignment;
  to: Staffing;
}

interface Decided {
  item: Item;
  state: ReassignmentState;
  code: ReassignmentCode | null;
  handover?: Handover;
}

function decide(item: Item, before: Assignment | undefined, to: Staffing | undefined): Decided {
  if (!before) return { item, state: 'SKIPPED', code: 'CHANGED' };
  if (!to) return { item, state: 'REFUSED', code: 'BLOCKED' };
  return { item, state: 'MOVED', code: null, handover: { item, before, to } };
}

/** The cases in order of id, then the assignments: a contact or another command on a case comes before or after. */
async function lockPrevious(
  tx: EntityManager,
  fromStaffId: string,
  items: readonly Item[],
): Promise<Map<string, Assignment>> {
  const open: { id: string }[] = await tx.query(
    `select id from case_file
     where id = any($1::uuid[]) and status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')
     order by id for no key update`,
    [items.map(({ caseId }) => caseId)],
  );
  const caseId = In(open.map(({ id }) => id));
  const where = { caseId, caseManagerId: fromStaffId, role: 'PRIMARY' as const, endedAt: IsNull() };
  const found = await tx.findBy(AssignmentEntity, where);
  return new Map(found.map((assignment) => [assignment.caseId, assignment]));
}

/** Receivers who may take cases at this moment. Whether they have room was decided and approved with the plan. */
async function findOpen(
  tx: EntityManager,
  items: readonly Item[],
  at: Moment,
): Promise<Map<string, Staffing>> {
  const ids = [...new Set(items.map(({ toStaffId }) => toStaffId))];
  await lockStaff(tx, ids);
  const staff = (await tx.findBy(StaffMemberEntity, { id: In(ids) })).filter(canLeadCases);
  const staffing = await findStaffing(tx, staff, at);
  return new Map(staffing.filter(({ gate }) => gate.isOpen).map((one) => [one.staff.id, one]));
}

async function handOver(
  tx: EntityManager,
  { requestedBy: by, reason, overReason, id, correlationId }: Reassignment,
  moved: readonly Handover[],
  { now }: Moment,
): Promise<void> {
  if (moved.length === 0) return;
  const end = { endedAt: now, endedBy: by, endReason: reason };
  await tx.update(AssignmentEntity, { id: In(moved.map(({ before }) => before.id)) }, end);
  const made = moved.map(({ item, to }) =>
    assignPrimary(
      { id: item.caseId, clientId: item.clientId },
      { to: to.staff, by, reason, overReason },
      now,
    ),
  );
  await tx.insert(
    AssignmentEntity,
    made.map(({ assignment }) => assignment),
  );
  await tx.query('update case_file set version = version + 1 where id = any($1::uuid[])', [
    moved.map(({ item }) => item.caseId),
  ]);
  const cause: Cause = { actor: { kind: 'STAFF', id: by }, correlationId, causationId: id };
  await record(tx, cause, ...made.map(({ fact }) => fact));
}
