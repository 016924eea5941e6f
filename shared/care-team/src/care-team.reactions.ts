import { caseClosed, caseManagerAssigned, caseOpened, staffRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { CareTeamEntity, CareTeamStaffEntity } from './care-team.entity.ts';

const onCaseOpened = on(caseOpened, async (tx, { clientId, caseId }) => {
  await tx.upsert(CareTeamEntity, { clientId, caseId, caseOpen: true }, ['clientId']);
});

const onCaseManagerAssigned = on(caseManagerAssigned, async (tx, fact) => {
  const { clientId, caseId, caseManagerId } = fact;
  const supervisorId = await supervisorOf(tx, caseManagerId, fact.supervisorId);
  await tx.upsert(CareTeamEntity, { clientId, caseId, caseOpen: true, caseManagerId, supervisorId }, [
    'clientId',
  ]);
});

const onCaseClosed = on(caseClosed, async (tx, { clientId, caseId }) => {
  await tx.update(CareTeamEntity, { clientId, caseId }, { caseOpen: false });
});

/** A case manager's clients follow to the new supervisor. */
const onStaffRecorded = on(staffRecorded, async (tx, { staffId, supervisorId }) => {
  await takeTurns(tx, staffId);
  await tx.upsert(CareTeamStaffEntity, { staffId, supervisorId }, ['staffId']);
  await tx.update(CareTeamEntity, { caseManagerId: staffId }, { supervisorId });
});

/**
 * Assignments and staff records have different keys, so an older assignment may arrive after a newer staff record.
 * The staff record decides; the assignment only while none was heard of.
 */
async function supervisorOf(
  tx: EntityManager,
  caseManagerId: string | null,
  assigned: string | null,
): Promise<string | null> {
  if (!caseManagerId) return assigned;
  await takeTurns(tx, caseManagerId);
  const staff = await tx.findOneBy(CareTeamStaffEntity, { staffId: caseManagerId });
  return staff ? staff.supervisorId : assigned;
}

/** Handled at the same moment, an assignment and a staff record would each miss what the other writes. */
async function takeTurns(tx: EntityManager, staffId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('care-team/' || $1, 0))`, [staffId]);
}

/** A service lists it among its projections; it adds nothing of its own to the tables. */
export const careTeamProjection = defineProjection({
  name: 'care-team',
  tables: ['care_team', 'care_team_staff'],
  decidesAccess: true,
  reactions: [onCaseOpened, onCaseManagerAssigned, onCaseClosed, onStaffRecorded],
});
