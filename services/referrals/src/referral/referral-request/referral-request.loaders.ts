import { withCareTeam, type CareTeams } from '@throughline/care-team';
import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { isUnderWay } from '../referral/states.ts';
import { ReferralEntity } from '../referral/referral.entity.ts';
import { grouped } from '../referral/referral.loaders.ts';
import type { ReferralRequest } from './referral-request.ts';
import { ReferralRequestEntity } from './referral-request.entity.ts';
import { NeedEntity } from '../need/need.entity.ts';

const newestFirst = { createdAt: 'DESC', id: 'DESC' } as const;

/** One statement for all that a request asks for. */
export function referralRequestLoaders(db: DataSource, teams: CareTeams) {
  return {
    requestById: loaderById(db.manager, withCareTeam(ReferralRequestEntity, teams)),
    requestsByClient: new DataLoader<string, ReferralRequest[]>(async (ids) => {
      const where = { clientId: In([...ids]) };
      const rows = await db.manager.find(ReferralRequestEntity, { where, order: newestFirst });
      return grouped(ids, rows, ({ clientId }) => clientId);
    }),
    requestsByNeed: new DataLoader<string, ReferralRequest[]>(async (ids) => {
      const where = { needId: In([...ids]) };
      const rows = await db.manager.find(ReferralRequestEntity, { where, order: newestFirst });
      return grouped(ids, rows, ({ needId }) => needId ?? '');
    }),
    needById: loaderById(db.manager, withCareTeam(NeedEntity, teams)),
    openReferralsByClient: new DataLoader<string, number>(async (ids) => {
      const rows = await db.manager.find(ReferralEntity, {
        select: { id: true, clientId: true, status: true, sentAt: true },
        where: { clientId: In([...ids]) },
      });
      const open = rows.filter(isUnderWay);
      return grouped(ids, open, ({ clientId }) => clientId).map(({ length }) => length);
    }),
  };
}
