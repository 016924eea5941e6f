import { tellRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { qualificationFact } from '../credential/tell-qualification.ts';
import { StaffMemberEntity } from './case-manager.entity.ts';
import { standingFact } from './case-manager.ts';

export const standingJob = 'staff.standing';

/** Tells a staff record and who is qualified as it is now, for services that keep more of it than they did. */
export const tellStanding = ({ now, timeZone }: { now: () => Date; timeZone: string }): Job =>
  tellRow('staffId', {
    ...{ service: 'clients', entity: StaffMemberEntity, now },
    factsOf: async (staff, { tx, now: at }) => [
      standingFact(staff, at),
      await qualificationFact(tx, staff, { now: at, timeZone }),
    ],
  });
