import {
  caseClosed,
  caseFacts,
  caseManagerAssigned,
  caseOpened,
  caseRoleAssigned,
  caseRoleEnded,
  clientRegistered,
  staffRecorded,
} from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { CareEntity, CareMemberEntity, StaffStandingEntity } from './care.entity.ts';
import { responderReactions } from './responder.ts';

/** The first fact of a client. Nobody has a relation to the client before the assignment, or the queue, is heard. */
const onClientRegistered = on(clientRegistered, async (tx, { clientId }, { cause: { actor } }) => {
  const registeredBy = actor.kind === 'STAFF' ? actor.id : null;
  await tx.upsert(CareEntity, { clientId, registeredBy, caseOpen: false, queued: false }, ['clientId']);
});

const onCaseOpened = on(caseOpened, async (tx, { clientId, caseId }) => {
  await tx.query(
    `insert into care (client_id, case_id, case_open, queued) values ($1, $2, true, false)
     on conflict (client_id) do update set case_id = excluded.case_id, case_open = true`,
    [clientId, caseId],
  );
});

const onCaseManagerAssigned = on(caseManagerAssigned, async (tx, fact) => {
  const { clientId, caseId, caseManagerId } = fact;
  const supervisorId = await supervisorOf(tx, caseManagerId, fact.supervisorId);
  const queued = caseManagerId === null;
  await tx.upsert(CareEntity, { clientId, caseId, caseOpen: true, caseManagerId, supervisorId, queued }, [
    'clientId',
  ]);
});

const onCaseRoleAssigned = on(caseRoleAssigned, async (tx, { clientId, caseId, staffId, role }) => {
  await tx.upsert(CareMemberEntity, { clientId, caseId, staffId, role }, [
    ...(['clientId', 'caseId', 'staffId', 'role'] as const),
  ]);
});

const onCaseRoleEnded = on(caseRoleEnded, async (tx, { clientId, caseId, staffId, role }) => {
  await tx.delete(CareMemberEntity, { clientId, caseId, staffId, role });
});

/** The rows of the care team stay: they count only while the case is open. */
const onCaseClosed = on(caseClosed, async (tx, { clientId, caseId }) => {
  await tx.update(CareEntity, { clientId, caseId }, { caseOpen: false });
});

const onCaseReopened = on(caseFacts.reopened, async (tx, { clientId, caseId }) => {
  await tx.update(CareEntity, { clientId, caseId }, { caseOpen: true });
});

/** A case that the program could not take, or that should never have been there, is over, too. */
const onCaseOver = [caseFacts.notEligible, caseFacts.enteredInError].map((definition) =>
  on(definition, async (tx, { clientId, caseId }) => {
    await tx.update(CareEntity, { clientId, caseId }, { caseOpen: false });
  }),
);

/** The clients of a case manager follow to the new supervisor. */
const onStaffRecorded = on(staffRecorded, async (tx, { staffId, supervisorId, roles, active, coverId }) => {
  await takeTurns(tx, staffId);
  await tx.upsert(StaffStandingEntity, { staffId, supervisorId, roles, active, coverId }, ['staffId']);
  await tx.update(CareEntity, { caseManagerId: staffId }, { supervisorId });
});

/**
 * An assignment and a staff record have different keys, so an older assignment may arrive after a newer staff record.
 * The staff record decides. The supervisor of the assignment counts only while no staff record was heard.
 */
async function supervisorOf(
  tx: EntityManager,
  caseManagerId: string | null,
  assigned: string | null,
): Promise<string | null> {
  if (!caseManagerId) return assigned;
  await takeTurns(tx, caseManagerId);
  const staff = await tx.findOneBy(StaffStandingEntity, { staffId: caseManagerId });
  return staff ? staff.supervisorId : assigned;
}

/** Two transactions at the same moment, one for an assignment and one for a staff record, would miss each other's row. */
async function takeTurns(tx: EntityManager, staffId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('care/' || $1, 0))`, [staffId]);
}

/** The copy of `Care` and of the standing of staff, for services that do not own them. */
export const careProjection = defineProjection({
  name: 'care',
  tables: ['care', 'care_member', 'care_responder', 'staff_standing'],
  concern: 'access',
  reactions: [
    onClientRegistered,
    onCaseOpened,
    onCaseManagerAssigned,
    onCaseRoleAssigned,
    onCaseRoleEnded,
    onCaseClosed,
    onStaffRecorded,
    onCaseReopened,
    ...onCaseOver,
    ...responderReactions,
  ],
});
