import { caseClosed, caseManagerAssigned, caseOpened, staffRecorded } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { CareTeamEntity } from './care-team.entity.ts';

const onCaseOpened = on(caseOpened, async (tx, { clientId, caseId }) => {
  await tx.upsert(CareTeamEntity, { clientId, caseId, caseOpen: true }, ['clientId']);
});

const onCaseManagerAssigned = on(caseManagerAssigned, async (tx, fact) => {
  const { clientId, caseId, caseManagerId, supervisorId } = fact;
  await tx.upsert(CareTeamEntity, { clientId, caseId, caseOpen: true, caseManagerId, supervisorId }, [
    'clientId',
  ]);
});

const onCaseClosed = on(caseClosed, async (tx, { clientId, caseId }) => {
  await tx.update(CareTeamEntity, { clientId, caseId }, { caseOpen: false });
});

/** A case manager's clients follow to the new supervisor. */
const onStaffRecorded = on(staffRecorded, async (tx, { staffId, supervisorId }) => {
  await tx.update(CareTeamEntity, { caseManagerId: staffId }, { supervisorId });
});

/** A service lists these among its reactions; it adds nothing of its own to the table. */
export const careTeamReactions: Reaction[] = [
  onCaseOpened,
  onCaseManagerAssigned,
  onCaseClosed,
  onStaffRecorded,
];
