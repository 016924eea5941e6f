import { lockRow } from '@throughline/command';
import { caseFacts, ownCause } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { z } from 'zod';
import { CaseFileEntity } from './case-file.entity.ts';

const payloadShape = z.object({ caseId: z.uuid(), reviewOn: z.string() });

/** Tells that the day of review of a hold, or of a place on the wait list, has come. Another day since: it does nothing. */
export function tellReview({ now }: { now: () => Date }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { caseId, reviewOn } = payloadShape.parse(payload);
      const caseFile = await lockRow(tx, CaseFileEntity, caseId);
      if (caseFile?.reviewOn !== reviewOn) return;
      const at = now();
      const { clientId } = caseFile;
      const fact = caseFile.status === 'ON_HOLD' ? caseFacts.holdReviewDue : caseFacts.waitReviewDue;
      const cause = ownCause('clients', at);
      await record(tx, cause, fact.of(clientId, at, { clientId, caseId }));
    });
}
