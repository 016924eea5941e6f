import { act, badInput, connection, isUuid, readPage, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { QueryReassignmentPreviewArgs, Resolvers } from '../../generated/graphql.ts';
import { supervises } from '../../workforce/case-manager/personnel.ts';
import { findStaffing } from '../assignment/staffing.ts';
import { findReceivers, noTeamMember, reassignCases } from './reassignment.commands.ts';
import { findMovingCases, type Reassignment } from './reassignment.entity.ts';
import { planReassignment, type Move, type ReassignmentState, type Receiver } from './reassignment.ts';

export const resolvers: Resolvers = {
  Query: {
    reassignmentPreview: (_root, args, context) => preview(context, args),
    reassignment: async (_root, { id }, { viewer, loaders }) => {
      const found = await loaders.reassignmentById.load(id);
      const from = found && (await loaders.staffMemberById.load(found.fromStaffId));
      return from && supervises(viewer, from) ? found : null;
    },
  },
  Mutation: { reassignCases: act(reassignCases) },
  Reassignment: {
    from: ({ fromStaffId }, _args, { loaders }) => loaders.staffMemberById.load(fromStaffId),
    isRunning: ({ status }) => status === 'RUNNING',
    total: async ({ id }, _args, { loaders }) =>
      Object.values(await loaders.reassignmentCounts.load(id)).reduce((sum, count) => sum + count, 0),
    moved: async ({ id }, _args, { loaders }) => (await loaders.reassignmentCounts.load(id)).MOVED,
    refused: async ({ id }, _args, { loaders }) => (await loaders.reassignmentCounts.load(id)).REFUSED,
    skipped: async ({ id }, _args, { loaders }) => (await loaders.reassignmentCounts.load(id)).SKIPPED,
    moves: (reassignment, args, context) => movesOf(context, reassignment, args),
  },
  ReassignmentPlan: { moves: ({ moves }, args) => pageOf(moves, args) },
  ReassignmentMove: {
    caseFile: ({ caseId }, _args, { loaders }) => loaders.caseFileById.load(caseId),
    to: ({ to }, _args, { loaders }) => (to ? loaders.staffMemberById.load(to) : null),
  },
};

/** A plan as its resolvers read it. */
export type ShownPlan = NonNullable<Awaited<ReturnType<typeof preview>>>;

/** The plan as the command would write it. People who cannot get cases are a fault here as they are there. */
async function preview(context: Context, args: QueryReassignmentPreviewArgs) {
  const { db, viewer, loaders, now, timeZone } = context;
  const from = isUuid(args.fromStaffId) ? await loaders.staffMemberById.load(args.fromStaffId) : null;
  if (!from || !supervises(viewer, from)) return null;
  const team = { supervisorId: viewer.id, fromId: from.id };
  const receivers = await findReceivers(db.manager, args.to, team);
  if (!receivers) throw badInput(`${noTeamMember.path}: ${noTeamMember.message}`);

  const cases = await findMovingCases(db.manager, from.id);
  const staffing = await findStaffing(db.manager, receivers, { now: now(), timeZone });
  const plan = planReassignment(cases, staffing, args.mayPassLimit ?? false);
  const { moves } = plan;
  return {
    total: cases.length,
    receivers: plan.receivers.map(shownReceiver),
    refused: refusedIn(moves),
    moves,
  };
}

/** Each page makes the plan again; the same input gives the same plan. */
function pageOf(all: readonly Move[], args: PageArgs) {
  const page = readPage(args, 'reassignment preview');
  const start = page.after ? Number(page.after[0]) + 1 : 0;
  const rows = all.map((move, position) => ({ ...move, position })).slice(start, start + page.first + 1);
  return connection(rows, page, ({ position }) => [position]);
}

function shownReceiver({ staffing, cases, before, after }: Receiver) {
  const { staff, gate } = staffing;
  return {
    ...{ staff, gate: gate.reason, away: staff.away, cases, pointsBefore: before.points },
    ...{ pointsAfter: after.points, limit: after.limit, bandAfter: after.band },
  };
}

function refusedIn(moves: readonly Move[]) {
  const codes = Map.groupBy(
    moves.flatMap(({ code }) => (code ? [code] : [])),
    (code) => code,
  );
  return [...codes].map(([code, all]) => ({ code, count: all.length }));
}

type Row = Move & { position: number };

async function movesOf(
  { db }: Context,
  { id }: Reassignment,
  { states, ...args }: PageArgs & { states?: readonly ReassignmentState[] | null | undefined },
) {
  const page = readPage(args, `moves of reassignment ${id}`);
  const rows: Row[] = await db.query(
    `select position, case_id as "caseId", client_id as "clientId", to_staff_id as "to", state, code
     from reassignment_item
     where reassignment_id = $1 and position > $2 and ($3::text[] is null or state = any($3))
     order by position limit $4`,
    [id, page.after?.[0] ?? -1, states ? [...states] : null, page.first + 1],
  );
  return connection(rows, page, ({ position }) => [position]);
}
