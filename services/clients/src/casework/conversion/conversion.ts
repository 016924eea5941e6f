import { inquiryConverted, type Fact } from '@throughline/events';
import { transferOf, type TransferDraft } from '../../intake/ending/transfer.ts';
import type { Inquiry } from '../../intake/inquiry/inquiry.ts';

/** The client to whom a contact led, and who decided it. */
export interface Converted {
  clientId: string;
  caseId: string | null;
  by: string;
  transfer: TransferDraft | null;
}

/**
 * The contact belongs to the client from now on; when it came in stays, for the time to first contact. The caller's data
 * stays in it and follows the rules of the client's record. Source: infra/reference/domain.md 5.2, 8.3, 8.9 (19).
 */
export function convert(
  inquiry: Inquiry,
  { clientId, caseId, by, transfer }: Converted,
  now: Date,
): { update: Inquiry; fact: Fact } {
  const update: Inquiry = {
    ...inquiry,
    ...{ status: 'ENDED', disposition: 'CONVERTED', endedAt: now, claimedBy: null, claimedAt: null },
    ...{ handledBy: by, clientId, caseId, convertedBy: by },
    transfer: transfer ? transferOf(transfer, now) : inquiry.transfer,
  };
  const receivedAt = inquiry.receivedAt.toISOString();
  return {
    update,
    fact: inquiryConverted.of(clientId, now, { inquiryId: inquiry.id, clientId, receivedAt }),
  };
}
