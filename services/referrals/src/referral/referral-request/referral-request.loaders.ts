import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { isUnderWay } from '../referral/states.ts';
import { ReferralEntity } from '../referral/referral.entity.ts';
import { grouped } from '../referral/referral.loaders.ts';
import { NeedEntity } from '../need/need.entity.ts';
import { ChosenServiceEntity } from '../recommendation/chosen-service.entity.ts';
import { ReferralRequestEntity } from './referral-request.entity.ts';

const newestFirst = { createdAt: 'DESC', id: 'DESC' } as const;

/** One statement for all that a request asks for. */
export function referralRequestLoaders(db: DataSource, care: CareReader) {
  return {
    requestById: loaderById(db.manager, care.rowsWithCare(ReferralRequestEntity)),
    requestsByClient: loaderByOwner(db.manager, ReferralRequestEntity, 'clientId', newestFirst),
    choiceById: loaderById(db.manager, care.rowsWithCare(ChosenServiceEntity)),
    requestsByRecommendation: loaderByOwner(
      db.manager,
      care.rowsWithCare(ReferralRequestEntity),
      'recommendationId',
      newestFirst,
    ),
    requestsByNeed: loaderByOwner(db.manager, ReferralRequestEntity, 'needId', newestFirst),
    needById: loaderById(db.manager, care.rowsWithCare(NeedEntity)),
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
