import type { AgencyType, Recipient } from './agency.ts';
import type { ReferralFacts, Sender } from './disclosure-input.ts';
import type { DataLabel } from './label.ts';
import { labelsOfNeed } from './need.ts';

/** Sender as the partner sees it. Source: infra/reference/domain.md 3.8. */
export type SenderDisplay = 'NEUTRAL' | 'PROGRAM_NAME';

/**
 * A referral to such an agency discloses SUD, for every need. Source: infra/reference/domain.md 3.8 (column A
 * consequence).
 */
const sudAgencies: ReadonlySet<AgencyType> = new Set(['DETOX', 'RESIDENTIAL', 'OTP']);

/** Labels that the existence of a referral cannot disclose; every other label applies to the whole payload. */
const harmlessByImplication: ReadonlySet<DataLabel> = new Set(['DIR', 'ID', 'CONTACT', 'SOCIAL', 'HEALTH']);

/**
 * Labels of the service that apply to everything: "referred to detox" discloses SUD without a clinical field.
 * Source: infra/reference/domain.md 3.7 check 7; 42 CFR 2.11, 2.12(a).
 */
export function labelsOfService(
  recipient: Pick<Recipient, 'agencyType' | 'hipaaStatus' | 'isPart2Program'>,
  referral: Pick<ReferralFacts, 'needCategory' | 'serviceLabels'>,
): ReadonlySet<DataLabel> {
  const labels = new Set(
    [...labelsOfNeed(referral.needCategory), ...referral.serviceLabels].filter(
      (label) => !harmlessByImplication.has(label),
    ),
  );
  const { agencyType, hipaaStatus, isPart2Program } = recipient;
  if (isPart2Program || hipaaStatus === 'PART2_PROGRAM' || sudAgencies.has(agencyType)) labels.add('SUD');
  return labels;
}

/**
 * All labels that apply to every field of the payload: those of the service, and of the sender's name where it
 * is shown. Source: infra/reference/domain.md 3.7 check 7, 8.12.
 */
export function impliedLabels(
  sender: Sender,
  display: SenderDisplay,
  serviceLabels: ReadonlySet<DataLabel>,
): ReadonlySet<DataLabel> {
  if (display === 'NEUTRAL') return serviceLabels;
  if (sender.isPart2Program) return new Set([...serviceLabels, 'SUD']);
  // Not a Part 2 program: a name that is always shown is known; a name shown by choice discloses mental health.
  return sender.canBeNeutral ? new Set([...serviceLabels, 'MH']) : serviceLabels;
}

/**
 * Whether the sender appears under its own name. A sender that can be neutral stays neutral until the person
 * consented to what its name discloses and, unless the service discloses the same, until the agency has
 * accepted. Source: infra/reference/domain.md 3.8, 8.12.
 */
export function senderDisplay(
  sender: Sender,
  accepted: boolean,
  serviceLabels: ReadonlySet<DataLabel>,
  isCovered: (label: DataLabel) => boolean,
): SenderDisplay {
  if (!sender.canBeNeutral) return 'PROGRAM_NAME';
  const nameSays: DataLabel = sender.isPart2Program ? 'SUD' : 'MH';
  return isCovered(nameSays) && (accepted || serviceLabels.has(nameSays)) ? 'PROGRAM_NAME' : 'NEUTRAL';
}
