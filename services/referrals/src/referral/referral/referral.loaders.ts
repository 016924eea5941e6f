import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import type { DisclosureEntry } from '../disclosure/disclosure.ts';
import { DisclosureEntity } from '../disclosure/disclosure.entity.ts';
import type { Referral } from './referral.ts';
import { ReferralEntity, ReferralTransitionEntity } from './referral.entity.ts';
import type { ReferralTransition } from './referral-transition.ts';

/** One statement for all that a request asks for. */
export function referralLoaders(db: DataSource, care: CareReader) {
  return {
    referralById: loaderById(db.manager, care.rowsWithCare(ReferralEntity)),
    referralsByRequest: new DataLoader<string, Referral[]>(async (ids) => {
      const where = { requestId: In([...ids]) };
      const rows = await db.manager.find(ReferralEntity, { where, order: { createdAt: 'ASC', id: 'ASC' } });
      return grouped(ids, rows, ({ requestId }) => requestId);
    }),
    transitionsByReferral: new DataLoader<string, ReferralTransition[]>(async (ids) => {
      const where = { referralId: In([...ids]) };
      const rows = await db.manager.find(ReferralTransitionEntity, { where, order: { seq: 'ASC' } });
      return grouped(ids, rows, ({ referralId }) => referralId);
    }),
    disclosuresByReferral: new DataLoader<string, DisclosureEntry[]>(async (ids) => {
      const where = { referralId: In([...ids]) };
      const rows = await db.manager.find(DisclosureEntity, {
        where,
        order: { disclosedAt: 'DESC', id: 'DESC' },
      });
      return grouped(ids, rows, ({ referralId }) => referralId);
    }),
  };
}

/** The rows of each key, in the order in which they came. */
export function grouped<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const byKey = Map.groupBy(rows, keyOf);
  return keys.map((key) => byKey.get(key) ?? []);
}
