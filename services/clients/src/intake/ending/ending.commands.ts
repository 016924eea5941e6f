import { command } from '@throughline/command';
import { isUuid } from '@throughline/graphql';
import { invalidInput } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { EndInquiryInput } from '../../generated/graphql.ts';
import { CallLineEntity } from '../call-line/call-line.entity.ts';
import type { CallLine } from '../call-line/call-line.ts';
import { awaitCallback, forgetCallback } from '../callback/callback-timers.ts';
import { refusalOf } from '../inquiry/allowed.ts';
import { awaitErasure } from '../inquiry/erase-inquiry.ts';
import { InquiryEntity } from '../inquiry/inquiry.entity.ts';
import { mayWorkOn } from '../inquiry/may-work-on.ts';
import { TriageScriptEntity } from '../triage/triage.entity.ts';
import { endingFaults, endInquiry as end, type Ending } from './ending.ts';
import type { TransferDraft } from './transfer.ts';

/** Ends a contact, or promises a call. The timers of an earlier promise are taken back in the same transaction. */
export const endInquiry = (context: Context, input: EndInquiryInput) =>
  command(
    context,
    { name: 'endInquiry', input, lock: [InquiryEntity, input.id], may: mayWorkOn(context.viewer) },
    async (inquiry, { tx, now, viewer }) => {
      const refused = refusalOf(inquiry, 'END', { worker: viewer, now });
      if (refused) return refused;
      const ending: Ending = { ...input, transfer: input.transfer ?? null, callback: input.callback ?? null };
      const script = await tx.findOneByOrFail(TriageScriptEntity, { id: inquiry.scriptId });
      const at = { now, timeZone: context.timeZone };
      const faults = endingFaults(inquiry, ending, { script, line: await findLine(tx, ending.transfer), at });
      if (faults.length > 0) return invalidInput(faults);

      const update = end(inquiry, ending, { by: viewer.id, at });
      const retentionDays = context.config.INQUIRY_RETENTION_DAYS;
      const also = async () => {
        await (ending.callback ? awaitCallback(tx, update) : forgetCallback(tx, inquiry.id));
        await awaitErasure(tx, update, { now, retentionDays });
      };
      return { update, also };
    },
  );

/** The line that a transfer names; null when it names none that there is. */
export async function findLine(tx: EntityManager, transfer: TransferDraft | null): Promise<CallLine | null> {
  const id = transfer?.lineId;
  return id && isUuid(id) ? tx.findOneBy(CallLineEntity, { id }) : null;
}
