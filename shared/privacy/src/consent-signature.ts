import type { Consent, ConsentAuthority, ConsentingClient, SignerCapacity } from './consent.ts';
import { issue, type ConsentIssue } from './consent-issue.ts';
import { dayIn, isDay, isInstant, yearsBetween, type Moment } from './day.ts';

/** Each inner list is one way to sign; all its capacities must have signed. POLICY: state law. */
const signersFor: Record<ConsentAuthority, readonly (readonly SignerCapacity[])[]> = {
  SELF: [['PATIENT'], ['POA']],
  MINOR_SOLE: [['PATIENT']],
  MINOR_AND_GUARDIAN: [['PATIENT', 'GUARDIAN']],
  GUARDIAN: [['GUARDIAN']],
  POA: [['POA']],
  COURT: [['COURT']],
  EXECUTOR: [['EXECUTOR']],
};

/** POLICY: the age from which a person consents as SELF. */
const ageOfMajority = 18;

/** Who signed, in what capacity and when. Source: infra/reference/domain.md 3.2, 3.11; 42 CFR 2.14, 2.31(a)(8), (9). */
export function signatureIssues(consent: Consent, at: Moment, client: ConsentingClient): ConsentIssue[] {
  return [...signerIssues(consent, client), ...dateIssues(consent, at), ...minorIssues(consent, at, client)];
}

function signerIssues({ signatures }: Consent, { consentAuthority }: ConsentingClient): ConsentIssue[] {
  const source = '42 CFR 2.31(a)(8)';
  const signed = signatures.filter(({ by }) => by.trim());
  if (signed.length === 0) return [issue('signature', 'MISSING', 'The signature is missing.', source)];

  const found: ConsentIssue[] = [];
  const capacities = new Set(signed.map(({ capacity }) => capacity));
  if (!signersFor[consentAuthority].some((all) => all.every((capacity) => capacities.has(capacity))))
    found.push(
      consentAuthority === 'MINOR_AND_GUARDIAN'
        ? issue('signature', 'MISSING', 'Both the minor and the guardian must sign.', '42 CFR 2.14')
        : issue('authority', 'INVALID', 'The signer has no authority to consent for this person.', source),
    );
  if (signed.some(({ capacity, authorityDocId }) => capacity !== 'PATIENT' && !authorityDocId))
    found.push(
      issue('authority', 'MISSING', 'A person who signs for the client needs an authority document.', source),
    );
  return found;
}

function dateIssues({ signedAt }: Consent, { now }: Moment): ConsentIssue[] {
  const source = '42 CFR 2.31(a)(9)';
  if (signedAt === null) return [issue('signedAt', 'MISSING', 'The date of signing is missing.', source)];
  if (!isInstant(signedAt))
    return [issue('signedAt', 'INVALID', 'The date of signing is not a date.', source)];
  return new Date(signedAt) > now
    ? [issue('signedAt', 'IN_FUTURE', 'The date of signing lies in the future.', source)]
    : [];
}

function minorIssues(
  { signedAt }: Consent,
  { timeZone }: Moment,
  { dateOfBirth, consentAuthority }: ConsentingClient,
): ConsentIssue[] {
  const known = signedAt !== null && isInstant(signedAt) && dateOfBirth !== null && isDay(dateOfBirth);
  if (consentAuthority !== 'SELF' || !known) return [];
  return yearsBetween(dateOfBirth, dayIn(timeZone, new Date(signedAt))) < ageOfMajority
    ? [
        issue(
          'authority',
          'INVALID',
          'For a minor it must be stated who may consent under state law.',
          '42 CFR 2.14',
        ),
      ]
    : [];
}
