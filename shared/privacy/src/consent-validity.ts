import type { Consent, ConsentingClient, ConsentKind } from './consent.ts';
import { dayIsOver, isDay, isInstant, type Moment } from './day.ts';
import { issue, type ConsentElement, type ConsentIssue } from './consent-issue.ts';
import { signatureIssues } from './consent-signature.ts';
import { tpoPurposes, type Purpose } from './purpose.ts';

/** Kinds that permit no disclosure to an agency: they need no disclosers, recipients or categories. */
const kindsWithoutDisclosure: ReadonlySet<ConsentKind> = new Set(['CONTACT_CHANNEL', 'PHOTO_STORY']);

/**
 * Every element that is missing or invalid, in each status: the person who records a consent must complete
 * them. `at` is the server clock and the time zone of the program: days on a form are days of the program.
 * Source: infra/reference/domain.md 3.2, 3.11; 42 CFR 2.31.
 */
export function elementIssues(consent: Consent, at: Moment, client: ConsentingClient): ConsentIssue[] {
  return [
    ...patientIssues(consent, client),
    ...(kindsWithoutDisclosure.has(consent.kind) ? [] : disclosureIssues(consent)),
    ...purposeIssues(consent),
    ...combinationIssues(consent),
    ...statementIssues(consent),
    ...expiryIssues(consent, at),
    ...signatureIssues(consent, at, client),
  ];
}

/**
 * Why the consent cannot be relied on now: its elements and its state (revoked, expired, not active).
 * Source: infra/reference/domain.md 3.2 (validity); 42 CFR 2.31(c).
 */
export function consentIssues(consent: Consent, at: Moment, client: ConsentingClient): ConsentIssue[] {
  return [...elementIssues(consent, at, client), ...stateIssues(consent, at)];
}

/** Whether the consent can be relied on now. Source: infra/reference/domain.md 3.2. */
export function isValid(consent: Consent, at: Moment, client: ConsentingClient): boolean {
  return consentIssues(consent, at, client).length === 0;
}

/** Whether the consent has ended: its last day is over, its event occurred, or it is marked as expired. Source: 42 CFR 2.31(a)(7). */
export function isExpired(consent: Consent, at: Moment): boolean {
  const { kind, date, eventOccurredAt } = consent.expiry;
  if (consent.status === 'EXPIRED') return true;
  if (kind === 'DATE') return date !== null && isDay(date) && dayIsOver(date, at);
  return kind === 'EVENT' && eventOccurredAt !== null;
}

function patientIssues(consent: Consent, client: ConsentingClient): ConsentIssue[] {
  const found: ConsentIssue[] = [];
  if (!consent.patientNameAsSigned.trim())
    found.push(
      issue('patient', 'MISSING', 'The name of the person, as signed, is missing.', '42 CFR 2.31(a)(1)'),
    );
  if (consent.clientId !== client.clientId)
    found.push(issue('patient', 'INVALID', 'The consent belongs to another person.', '42 CFR 2.31(a)(1)'));
  if (consent.knownFalse)
    found.push(issue('kind', 'INVALID', 'The consent is known to be materially false.', '42 CFR 2.31(c)'));
  return found;
}

function disclosureIssues(consent: Consent): ConsentIssue[] {
  const found: ConsentIssue[] = [];
  if (!consent.disclosers.some(({ organizationId, classText }) => organizationId ?? classText?.trim()))
    found.push(issue('disclosers', 'MISSING', 'Nobody is named who may disclose.', '42 CFR 2.31(a)(2)'));
  if (!consent.infoDescription.trim())
    found.push(
      issue('information', 'MISSING', 'The information is not described in words.', '42 CFR 2.31(a)(3)'),
    );
  if (consent.categories.length === 0)
    found.push(issue('information', 'MISSING', 'No category of information is chosen.', '42 CFR 2.31(a)(3)'));
  if (!consent.recipients.some(({ agencyId, classCode }) => agencyId ?? classCode))
    found.push(issue('recipients', 'MISSING', 'No recipient is named.', '42 CFR 2.31(a)(4)'));
  const { intermediary } = consent;
  if (
    intermediary &&
    !(
      intermediary.name.trim() &&
      (intermediary.participantNames.length > 0 || intermediary.treatingProvidersOnly)
    )
  )
    found.push(
      issue(
        'intermediary',
        'MISSING',
        'An intermediary needs its name, and its participants by name or limited to treating providers.',
        '42 CFR 2.31(a)(4)(ii)',
      ),
    );
  return found;
}

function purposeIssues(consent: Consent): ConsentIssue[] {
  if (consent.purposes.length === 0)
    return [issue('purposes', 'MISSING', 'No purpose is given.', '42 CFR 2.31(a)(5)')];
  if (consent.kind === 'SINGLE_TPO' && !isTpoOnly(consent))
    return [
      issue(
        'purposes',
        'NOT_COMBINABLE',
        'A single TPO consent covers treatment, payment and operations only.',
        '42 CFR 2.31(a)(5), 2.33(b)',
      ),
    ];
  return [];
}

function isTpoOnly(consent: Consent): boolean {
  return consent.purposes.length > 0 && consent.purposes.every((purpose) => tpoPurposes.has(purpose));
}

/** Kinds that must be alone on a form: the kind and its one category or purpose belong together. */
function combinationIssues(consent: Consent): ConsentIssue[] {
  const found: ConsentIssue[] = [];
  const onlyPurpose = (purpose: Purpose) => consent.purposes.every((given) => given === purpose);
  const clash = (element: ConsentElement, message: string, source: string) =>
    found.push(issue(element, 'NOT_COMBINABLE', message, source));

  const notes = consent.kind === 'SUD_COUNSELING_NOTES';
  if (
    notes ? consent.categories.some((label) => label !== 'SUD_NOTE') : consent.categories.includes('SUD_NOTE')
  )
    clash(
      'information',
      'SUD counseling notes need a consent of their own that covers nothing else.',
      '42 CFR 2.31(b)',
    );
  if (
    consent.categories.includes('PSYTHER_NOTE') &&
    !(consent.kind === 'HIPAA_AUTHORIZATION' && consent.categories.length === 1)
  )
    clash(
      'information',
      'Psychotherapy notes need a HIPAA authorization of their own.',
      '45 CFR 164.508(b)(3)',
    );
  const proceeding = consent.kind === 'LEGAL_PROCEEDING';
  if (proceeding ? !onlyPurpose('LEGAL_PROCEEDING') : consent.purposes.includes('LEGAL_PROCEEDING'))
    clash(
      'purposes',
      'A consent for legal proceedings cannot be combined with anything else.',
      '42 CFR 2.31(d)',
    );
  const court = consent.kind === 'CRIMINAL_JUSTICE_2_35';
  if (court ? !onlyPurpose('COURT_MONITORING') : consent.purposes.includes('COURT_MONITORING'))
    clash(
      'purposes',
      'Monitoring for a court needs a consent of its own kind and nothing else.',
      '42 CFR 2.35',
    );
  return found;
}

function statementIssues({ kind, purposes, statements }: Consent): ConsentIssue[] {
  const tpo = kind === 'SINGLE_TPO' || purposes.some((purpose) => tpoPurposes.has(purpose));
  const required: [boolean, boolean, string, string][] = [
    [true, statements.revocation, 'the right to revoke and how', '42 CFR 2.31(a)(6)'],
    [tpo, statements.hipaaRedisclosure, 'redisclosure under HIPAA', '42 CFR 2.31(a)(4)(iii)'],
    [kind === 'SINGLE_TPO', statements.tpoRedisclosure, 'possible redisclosure', '42 CFR 2.31(a)(10)(i)'],
    [kind === 'SINGLE_TPO', statements.refusalConsequences, 'what refusing means', '42 CFR 2.31(a)(10)(ii)'],
    [purposes.includes('FUNDRAISING'), statements.fundraisingOptOut, 'opting out', '42 CFR 2.31(a)(5)(iii)'],
  ];
  return required
    .filter(([needed, given]) => needed && !given)
    .map(([, , subject, source]) =>
      issue('statements', 'MISSING', `The statement on ${subject} is missing.`, source),
    );
}

function expiryIssues(consent: Consent, { timeZone }: Moment): ConsentIssue[] {
  const { kind, date, eventText } = consent.expiry;
  const source = '42 CFR 2.31(a)(7)';
  if (kind === 'NONE_TPO')
    return isTpoOnly(consent)
      ? []
      : [
          issue(
            'expiry',
            'INVALID',
            'Only a consent for treatment, payment and operations may have no end.',
            source,
          ),
        ];
  if (kind === 'EVENT')
    return eventText?.trim()
      ? []
      : [issue('expiry', 'MISSING', 'The event that ends the consent is missing.', source)];
  if (date === null)
    return [issue('expiry', 'MISSING', 'The date on which the consent ends is missing.', source)];
  if (!isDay(date))
    return [issue('expiry', 'INVALID', 'The date on which the consent ends is not a date.', source)];
  return consent.signedAt !== null &&
    isInstant(consent.signedAt) &&
    dayIsOver(date, { now: new Date(consent.signedAt), timeZone })
    ? [issue('expiry', 'INVALID', 'The consent ends before it was signed.', source)]
    : [];
}

function stateIssues(consent: Consent, at: Moment): ConsentIssue[] {
  if (consent.status === 'REVOKED' || consent.revokedAt !== null)
    return [issue('status', 'REVOKED', 'The consent has been revoked.', '42 CFR 2.31(c)(3)')];
  if (isExpired(consent, at))
    return [issue('status', 'EXPIRED', 'The consent has expired.', '42 CFR 2.31(c)(1)')];
  return consent.status === 'ACTIVE'
    ? []
    : [issue('status', 'NOT_ACTIVE', 'The consent is not active.', 'infra/reference/domain.md 3.2')];
}
