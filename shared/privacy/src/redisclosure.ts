import type { Recipient } from './agency.ts';
import { tpoPurposes, type Purpose } from './purpose.ts';

/** What a recipient may do next with what it received. Source: infra/reference/domain.md 3.5; 42 CFR 2.33(b). */
export interface RedisclosureRule {
  code: 'HIPAA_EXCEPT_PROCEEDINGS' | 'AS_CONSENTED' | 'CONTRACTORS_ONLY' | 'NONE';
  text: string;
}

const never =
  'It may not be used against the person in any proceedings without their consent or a court order.';

const texts: Record<RedisclosureRule['code'], string> = {
  HIPAA_EXCEPT_PROCEEDINGS: `May be redisclosed as HIPAA permits. ${never}`,
  AS_CONSENTED: `May be redisclosed only as the consent says. ${never}`,
  CONTRACTORS_ONLY: `May be passed only to contractors and legal representatives, as far as payment or operations need it. ${never}`,
  NONE: `May not be redisclosed. ${never}`,
};

/**
 * What this recipient may do next with data received for this purpose under a consent.
 * `permitsRedisclosure`: every consent relied on says that it may be passed on.
 * Source: infra/reference/domain.md 3.5; 42 CFR 2.33(b).
 */
export function redisclosureRule(
  recipient: Pick<Recipient, 'hipaaStatus'>,
  purpose: Purpose,
  permitsRedisclosure: boolean,
): RedisclosureRule {
  const code = redisclosureCode(recipient, purpose, permitsRedisclosure);
  return { code, text: texts[code] };
}

function redisclosureCode(
  { hipaaStatus }: Pick<Recipient, 'hipaaStatus'>,
  purpose: Purpose,
  permitsRedisclosure: boolean,
): RedisclosureRule['code'] {
  const tpo = tpoPurposes.has(purpose);
  if (tpo && (hipaaStatus === 'COVERED_ENTITY' || hipaaStatus === 'BUSINESS_ASSOCIATE'))
    return 'HIPAA_EXCEPT_PROCEEDINGS';
  if (tpo && hipaaStatus === 'PART2_PROGRAM') return 'AS_CONSENTED';
  if (permitsRedisclosure) return 'AS_CONSENTED';
  return tpo && purpose !== 'TREATMENT' ? 'CONTRACTORS_ONLY' : 'NONE';
}
