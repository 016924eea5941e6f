/** How care is paid; the codes of the clients service. NONE: the text is about payment and names no insurance. */
export type InsuranceCode =
  'MEDICAID' | 'MEDICARE' | 'DUAL_ELIGIBLE' | 'PRIVATE' | 'VETERANS' | 'UNINSURED' | 'NONE';

const patterns: readonly (readonly [RegExp, InsuranceCode])[] = [
  [/^(medicaid|medicaid\/state insurance|state medicaid|medi-cal|masshealth)$/, 'MEDICAID'],
  [/^(medicare|medicare part [a-d])$/, 'MEDICARE'],
  [/^(dual[ -]eligible|medicare and medicaid)$/, 'DUAL_ELIGIBLE'],
  [/^((private|commercial)( health)?( insurance)?|hmo|ppo|employer insurance)$/, 'PRIVATE'],
  [/^(va|veterans?|tricare|champva|military insurance|veterans affairs|va benefits)$/, 'VETERANS'],
  [/^(uninsured|no insurance|without insurance|charity care)$/, 'UNINSURED'],
  [
    /^(cash|checks?|credit( cards?)?|debit( cards?)?|money orders?|free|no fee|donations?|vouchers?)$/,
    'NONE',
  ],
  [/^(self[ -]?pay(ment)?|sliding( fee)?( scale)?|grants?|scholarships?|food stamps|snap|ebt)$/, 'NONE'],
];

/** The code of a kind of payment, or null when the text can mean several: "Most insurance", "Medicaid HMO". */
export function readInsurance(text: string): InsuranceCode | null {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return patterns.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}
