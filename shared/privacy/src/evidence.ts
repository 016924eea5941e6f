import type { DenyCode } from './access-reason.ts';
import type { Consent, ConsentStatus } from './consent.ts';
import { coverageCode, type CoverageRequest } from './coverage.ts';
import type { DataLabel } from './label.ts';

/** Basis for the release of a label, or the refusal. `consent` is null for public data only. */
export type Evidence = { permitted: true; consent: Consent | null } | { permitted: false; code: DenyCode };

/** Finds the evidence for a label; `null` asks for the envelope (recipient and purpose only). */
export type EvidenceFinder = (label: DataLabel | null) => Evidence;

/** Superseded or entered in error: counts as not existing. */
const ignored: ReadonlySet<ConsentStatus> = new Set(['SUPERSEDED', 'ENTERED_IN_ERROR']);

/** From the consent that fits least to the one that nearly fits: the last one names what to correct. */
const nearness: readonly DenyCode[] = [
  'NO_CONSENT',
  'RECIPIENT_NOT_NAMED',
  'KIND_NOT_SUFFICIENT',
  'NOT_TREATING_PROVIDER',
  'PURPOSE_NOT_CONSENTED',
  'DISCLOSER_NOT_NAMED',
  'CATEGORY_NOT_CONSENTED',
  'CONSENT_DEFICIENT',
  'CONSENT_EXPIRED',
  'CONSENT_REVOKED',
  'CATEGORY_NEVER_SHARED',
];

/**
 * Looks for one consent that covers a label; several consents may together cover a payload, label by label.
 * Source: infra/reference/domain.md 3.7 check 8.
 */
export function findEvidence(consents: readonly Consent[], request: CoverageRequest): EvidenceFinder {
  const usable = consents.filter(
    ({ status, clientId }) => !ignored.has(status) && clientId === request.client.clientId,
  );
  const known = new Map<DataLabel | null, Evidence>();
  return (label) => {
    const evidence = known.get(label) ?? evidenceFor(label, usable, request);
    known.set(label, evidence);
    return evidence;
  };
}

function evidenceFor(
  label: DataLabel | null,
  consents: readonly Consent[],
  request: CoverageRequest,
): Evidence {
  if (label === 'DIR') return { permitted: true, consent: null };
  let nearest: DenyCode = 'NO_CONSENT';
  for (const consent of consents) {
    const code = coverageCode(consent, request, label);
    if (code === null) return { permitted: true, consent };
    if (nearness.indexOf(code) > nearness.indexOf(nearest)) nearest = code;
  }
  return { permitted: false, code: nearest };
}
