import type { Consent, ConsentExpiry } from './consent.ts';
import type { DataLabel } from './label.ts';

const labelWords: Record<DataLabel, string> = {
  DIR: 'directory data',
  ID: 'identity',
  CONTACT: 'contact',
  SOCIAL: 'social needs',
  HEALTH: 'general health',
  MH: 'mental health',
  SUD: 'substance use treatment',
  SUD_NOTE: 'SUD counseling notes',
  PSYTHER_NOTE: 'psychotherapy notes',
  IPV: 'intimate partner violence',
  HIV: 'HIV',
  JUSTICE: 'justice involvement',
  MINOR_PROTECTED: 'protected services of a minor',
  IMMIGRATION: 'immigration',
};

/**
 * The "clear explanation of the scope of the consent" for the recipient: purposes, released categories, end. No
 * names and no free text of the form. Categories that were not released are not listed, because the list would
 * disclose that they exist. Source: infra/reference/domain.md 3.4; 42 CFR 2.32(b).
 */
export function scopeSummary(consents: readonly Consent[], released: readonly DataLabel[]): string {
  return consents
    .map((consent) => {
      const covered = released
        .filter((label) => consent.categories.includes(label))
        .map((label) => labelWords[label]);
      const about = covered.length > 0 ? `covers ${covered.join(', ')}` : 'covers that there is a referral';
      const why = consent.purposes.map((purpose) => purpose.toLowerCase().replaceAll('_', ' ')).join(', ');
      return `The person consented for ${why}; the consent ${about}, ${endsWhen(consent.expiry)}.`;
    })
    .join(' ');
}

function endsWhen({ kind, date }: ConsentExpiry): string {
  if (kind === 'DATE' && date !== null) return `until ${date}`;
  return kind === 'EVENT' ? 'until an event named in it' : 'without an end date';
}
