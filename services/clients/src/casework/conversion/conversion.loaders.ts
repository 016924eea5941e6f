import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { InquiryEntity } from '../../intake/inquiry/inquiry.entity.ts';
import type { Inquiry } from '../../intake/inquiry/inquiry.ts';

export function conversionLoaders(db: EntityManager) {
  return {
    /** The contact with which the case began; null for a case that began without one. */
    firstInquiryByCase: new DataLoader<string, Inquiry | null>(async (caseIds) => {
      const rows = await db
        .createQueryBuilder(InquiryEntity, 'i')
        .where('i.caseId = any(:caseIds::uuid[])', { caseIds })
        .orderBy({ 'i.receivedAt': 'DESC' })
        .getMany();
      // The earliest is last, so it is the one that stays.
      const byCase = new Map(rows.map((inquiry) => [inquiry.caseId, inquiry]));
      return caseIds.map((id) => byCase.get(id) ?? null);
    }),
  };
}
