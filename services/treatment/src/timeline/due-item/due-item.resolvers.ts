import { connection, hasRole, isUuid, readPage, type Connection } from '@throughline/graphql';
import { momentOf } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { findApprovals, findDue, isInTeam } from './due-item.loaders.ts';
import { urgencies, type Approval, type DueItem } from './due-item.ts';

/** A person's day is read by the person and by the supervisor, who may have to do it. */
async function mayReadDay({ viewer, db }: Context, staffId: string): Promise<boolean> {
  if (viewer.graph !== 'STAFF' || !isUuid(staffId)) return false;
  if (viewer.id === staffId) return true;
  return hasRole(viewer, 'SUPERVISOR') && (await isInTeam(db.manager, staffId, viewer.id));
}

/** A page without clients whose record the viewer may not read now, for example after a reassignment. */
async function readableOnly<Row extends { clientId: string }>(
  page: Connection<Row>,
  { care }: Context,
): Promise<Connection<Row>> {
  const may = await Promise.all(page.edges.map(({ node }) => care.mayRead(node.clientId, 'CLINICAL')));
  return { ...page, edges: page.edges.filter((_edge, index) => may[index]) };
}

/** Each owner of a record checks its own permission. */
function subjectOf({ kind, id }: Pick<DueItem, 'kind' | 'id'>, { loaders }: Context): Promise<object | null> {
  // The clients service owns the case and asks for its own permission.
  if (kind === 'CONTACT') return Promise.resolve({ __typename: 'CaseFile', id });
  const subjects = {
    CRISIS: ['CrisisAlert', loaders.crisisById],
    NEXT_STEP: ['NextStep', loaders.nextStepById],
    FOLLOW_UP: ['FollowUpObligation', loaders.obligationById],
    PLAN_REVIEW: ['CarePlan', loaders.carePlanById],
    GOAL: ['Goal', loaders.goalById],
    ADVICE_QUESTION: ['Advice', loaders.adviceById],
    ADVOCACY: ['AdvocacyAction', loaders.advocacyById],
  } as const;
  const [type, loader] = subjects[kind];
  return named(type, loader.load(id));
}

function decidedOn({ kind, id }: Approval, { loaders }: Context): Promise<object | null> {
  if (kind === 'CASE_CLOSE') return Promise.resolve({ __typename: 'CaseFile', id });
  return kind === 'RISK_TIER'
    ? named('RiskStratification', loaders.riskById.load(id))
    : named('CrisisAlert', loaders.crisisById.load(id));
}

async function named(type: string, found: Promise<object | null>): Promise<object | null> {
  const row = await found;
  return row && { ...row, __typename: type };
}

export const resolvers: Resolvers = {
  StaffMember: {
    __resolveReference: ({ id }) => ({ id }),
    dueToday: async ({ id }, args, context) => {
      const page = readPage(args, 'due today');
      const staffId = id.toLowerCase();
      if (!(await mayReadDay(context, staffId))) return null;
      const rows = await findDue(context.db.manager, staffId, page, momentOf(context));
      const position = ({ urgency, dueAt, id: own }: DueItem) => [urgencies.indexOf(urgency), dueAt, own];
      return readableOnly(connection(rows, page, position), context);
    },
    approvalsToDecide: async ({ id }, args, context) => {
      const page = readPage(args, 'approvals');
      const { viewer, db } = context;
      // Who supervises nobody has an empty list.
      if (viewer.graph !== 'STAFF' || viewer.id !== id.toLowerCase()) return null;
      const rows = await findApprovals(db.manager, viewer.id, page);
      return readableOnly(
        connection(rows, page, ({ askedAt, id: own }) => [askedAt, own]),
        context,
      );
    },
  },
  DueItem: {
    client: ({ clientId }) => ({ id: clientId }),
    isOverdue: ({ dueAt, kind, mustAcknowledge }, _args, { now }) =>
      dueAt <= now() && (kind !== 'CRISIS' || mustAcknowledge),
    subject: (item, _args, context) => subjectOf(item, context) as never,
  },
  Approval: {
    client: ({ clientId }) => ({ id: clientId }),
    askedBy: ({ askedById }) => (askedById ? { id: askedById } : null),
    subject: (approval, _args, context) => decidedOn(approval, context) as never,
  },
};
