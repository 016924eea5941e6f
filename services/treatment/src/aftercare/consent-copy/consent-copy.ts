/** Copy of a consent, as far as a plan for the time after treatment asks: who may receive something, and whether it counts. */
export interface ConsentCopy {
  consentId: string;
  clientId: string;
  recipientAgencyIds: readonly string[];
  recipientClasses: readonly string[];
  inForce: boolean;
  version: number;
}

/** Somebody who gets the plan or a part of it. */
export interface Receiver {
  name: string;
  /** A partner agency; null: a person. */
  agencyId: string | null;
  /** For a person: the consent under which the person may receive information. */
  consentId: string | null;
}

export type ReceiverConsent = 'IN_FORCE' | 'CLASS_ONLY' | 'MISSING';

/**
 * Whether a consent of the client lets a receiver have the plan. CLASS_ONLY: a consent names a class of recipients, and
 * the disclosure decision says whether the agency belongs to it. This is a preview for people; before anything leaves, the
 * disclosure decision asks again. Source: infra/reference/domain.md 3.2, 4.6.
 */
export function consentOf(
  { agencyId, consentId }: Receiver,
  consents: readonly ConsentCopy[],
): ReceiverConsent {
  const inForce = consents.filter((consent) => consent.inForce);
  if (!agencyId) return inForce.some((consent) => consent.consentId === consentId) ? 'IN_FORCE' : 'MISSING';
  if (inForce.some(({ recipientAgencyIds }) => recipientAgencyIds.includes(agencyId))) return 'IN_FORCE';
  return inForce.some(({ recipientClasses }) => recipientClasses.length > 0) ? 'CLASS_ONLY' : 'MISSING';
}
