import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { canLeadCases, type StaffMember } from '../../workforce/case-manager/case-manager.ts';
import { findLoad } from '../../workforce/caseload/caseload.entity.ts';
import { findStaffing } from '../assignment/staffing.ts';
import { isOpen } from '../case-file/case-file.ts';
import { findWishes } from './find-match.ts';
import { suggest, type Exclusion, type Suggestion } from './suggestion.ts';

/** People of a team who are compared at most. */
const most = 200;

export const resolvers: Resolvers = {
  Query: { assignmentSuggestions: (_root, { caseId }, context) => suggestionsFor(context, caseId) },
};

async function suggestionsFor(context: Context, caseId: string) {
  const { db, care, viewer, loaders, now, timeZone } = context;
  const caseFile = await loaders.caseFileById.load(caseId);
  if (!caseFile || !isOpen(caseFile)) return null;
  if (!care.mayChange(viewer, await care.load(caseFile.clientId), 'CASE')) return null;

  const [wishes, load, team] = [
    await findWishes(db.manager, [caseFile.id]),
    await findLoad(db.manager, caseFile.id),
    await teamOf(context),
  ];
  const wish = wishes.get(caseFile.id);
  if (!wish || !load) return null;
  const found = suggest(wish, load, await findStaffing(db.manager, team, { now: now(), timeZone }));
  return { suggestions: found.suggestions.map(shown), excluded: found.excluded.map(shownExclusion) };
}

/** The people of the viewer's team who lead cases, and the viewer, when that person does, too. */
async function teamOf({ db, viewer }: Context): Promise<StaffMember[]> {
  const where = [
    { supervisorId: viewer.id, active: true },
    { id: viewer.id, active: true },
  ];
  const staff = await db.manager.find(StaffMemberEntity, { where, take: most, order: { id: 'ASC' } });
  return staff.filter(canLeadCases);
}

function shown({ staffing, before, after, ...said }: Suggestion) {
  return {
    ...said,
    staff: staffing.staff,
    ...{ pointsBefore: before.points, pointsAfter: after.points, limit: after.limit, bandAfter: after.band },
  };
}

function shownExclusion({ staffing, reason, remedy }: Exclusion) {
  return { staff: staffing.staff, reason, remedy };
}
