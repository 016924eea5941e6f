import {
  caseRoleAssigned,
  caseloadBandChanged,
  credentialExpired,
  credentialExpiring,
} from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';

/** A supervisor hears of the end of a credential from this many days before it. Source: infra/reference/domain.md 6.2. */
const supervisorFrom = 60;

/** News about members of staff, for them and their supervisors: caseload, credentials, roles on a case. */
export function onStaffNews(desk: Desk): Reaction[] {
  return [
    on(caseloadBandChanged, async (tx, { staffId, band }, received) => {
      if (band === 'OK') return;
      const code = band === 'OVER' ? 'CASELOAD_OVER' : 'CASELOAD_WARNING';
      const named = { caseManagerId: staffId };
      await notify(tx, desk, received, { code, subjectId: staffId, clientId: null, named });
    }),
    on(credentialExpiring, async (tx, { staffId, credentialId, daysLeft }, received) => {
      const code = daysLeft > supervisorFrom ? 'CREDENTIAL_EXPIRING' : 'CREDENTIAL_EXPIRING_SOON';
      const named = { caseManagerId: staffId };
      await notify(tx, desk, received, { code, subjectId: credentialId, clientId: null, named });
    }),
    on(credentialExpired, async (tx, { staffId, credentialId, inGrace }, received) => {
      const code = inGrace ? 'CREDENTIAL_EXPIRED' : 'CREDENTIAL_LAPSED';
      const named = { caseManagerId: staffId };
      await notify(tx, desk, received, { code, subjectId: credentialId, clientId: null, named });
    }),
    on(caseRoleAssigned, async (tx, { clientId, caseId, staffId }, received) => {
      const named = { caseManagerId: staffId };
      await notify(tx, desk, received, { code: 'CASE_ROLE_ASSIGNED', subjectId: caseId, clientId, named });
    }),
  ];
}
