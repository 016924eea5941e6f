import type { NeedCategory } from '@throughline/privacy';

/**
 * Names of taxonomy terms and the needs they help with; every pattern that fits counts. They were written against the
 * 211 taxonomy of human services and read the names only, so that other taxonomies work too.
 */
const patterns: readonly [RegExp, NeedCategory][] = [
  [/\b(food|meals?|soup kitchens?|snap|wic|lunch(es)?|baskets)\b(?!.*volunteer)/i, 'FOOD_INSECURITY'],
  [
    /homeless(?!.*(volunteer|school))|\b(emergency|crisis|youth|refugee) shelters?\b|drop in centers/i,
    'HOMELESSNESS',
  ],
  [
    /\b(rent|mortgage|eviction|foreclosure|housing (search|counseling|expense))\b|transitional housing/i,
    'HOUSING_INSTABILITY',
  ],
  [
    /\b(rental listings|subsidized|section 8|supportive housing|home rehabilitation|weatherization)\b/i,
    'INADEQUATE_HOUSING',
  ],
  [
    /\b(transportation|transit|paratransit|ride programs|bus (fare|services)|gas money)\b/i,
    'TRANSPORTATION_INSECURITY',
  ],
  [
    /\b(financial assistance|cash assistance|personal financial|financial (management|counseling)|tanf)\b/i,
    'FINANCIAL_INSECURITY',
  ],
  [
    /\b(clothing|diapers|furniture|household goods|baby food|school supplies|grooming supplies)\b/i,
    'MATERIAL_HARDSHIP',
  ],
  [/\b(utility|electric|water|gas|telephone) service payment|utility disconnection/i, 'UTILITY_INSECURITY'],
  [
    /\b(ged|high school equivalency|adult (basic )?education|tutoring|literacy|vocational education|tuition)\b/i,
    'EDUCATIONAL_ATTAINMENT',
  ],
  [
    /\b(job|employment|career|vocational rehabilitation|resume|workforce|internship)\b(?!.*(discrimination|fingerprint))/i,
    'EMPLOYMENT_STATUS',
  ],
  [/\bveterans?\b/i, 'VETERAN_STATUS'],
  [/\b(stress management|anger management|meditation)\b/i, 'STRESS'],
  [
    /\b(support groups|companionship|social clubs|senior centers|buddy programs|friendly visit)/i,
    'SOCIAL_CONNECTION',
  ],
  [
    /(domestic|family|intimate partner|spouse)[ /].*(violence|abuse)|\bdomestic violence|protective.restraining orders/i,
    'INTIMATE_PARTNER_VIOLENCE',
  ],
  [/\b(elder|dependent adult|adult protective)\b.*(abuse|intervention|investigation)/i, 'ELDER_ABUSE'],
  [/\bhealth (education|literacy)|chronic disease self management/i, 'PERSONAL_HEALTH_LITERACY'],
  [
    /\b(health insurance|medicaid|medicare|affordable care act|navigator programs)\b/i,
    'HEALTH_INSURANCE_COVERAGE_STATUS',
  ],
  [/\b(medical|prescription|dental).*(expense|discount)|medical care expense/i, 'MEDICAL_COST_BURDEN'],
  [/\bcomputer.*(classes|literacy|instruction)|digital literacy/i, 'DIGITAL_LITERACY'],
  [/\b(computer distribution|internet access|cell phones|discounted telephone)\b/i, 'DIGITAL_ACCESS'],
  [
    /\b(english as a second language|language (interpretation|translation)|sign language interpretation)\b/i,
    'LANGUAGE_ACCESS',
  ],
  [/\b(ex-offender|reentry|inmate|jail diversion|probation|diversion programs)\b/i, 'INCARCERATION_STATUS'],
  [
    /\b(substance use|alcohol use|drug use) disorder.*(treatment|counseling|intake|assessment|intervention|services)|dual diagnosis treatment/i,
    'SUD_TREATMENT',
  ],
  [/\bdetoxification\b|withdrawal management/i, 'WITHDRAWAL_MANAGEMENT'],
  [/\b(methadone|buprenorphine|naltrexone|medication assisted|opioid treatment)\b/i, 'MOUD'],
  [
    /\b(mental health|psychiatr(ic|y)|psycho(therapy|social|logical)|(individual|group|family|bereavement) counseling|(behavior|behavioral) therapy)\b(?!.*volunteer)/i,
    'MENTAL_HEALTH_TREATMENT',
  ],
  [
    /\bcrisis (intervention|stabili[sz]ation|residential)|suicide (prevention|counseling)|warmlines/i,
    'CRISIS_STABILISATION',
  ],
  [
    /\b(community clinics|general medical care|urgent care|family and community medicine|internal medicine|physical examinations|mobile health)\b/i,
    'PRIMARY_CARE',
  ],
  [/\b(dental (care|screening|hygiene)|dentistry)\b/i, 'DENTAL'],
  [/recovery homes|halfway houses|sober (living|homes)/i, 'RECOVERY_HOUSING'],
  [/\bpeer (counseling|support|role)|(substance|alcohol|drug) use disorder support groups/i, 'PEER_SUPPORT'],
  [
    /\b(legal|lawyer|public defender|immigration|guardianship|expungement|tenant assistance|family law)\b/i,
    'LEGAL_AID',
  ],
  [/\b(child care|head start|preschools|summer camps)\b/i, 'CHILD_CARE'],
  [/\b(birth certificates?|identification cards?|driver licen[sc]e|certificates.forms)\b/i, 'ID_DOCUMENTS'],
  [
    /\b(benefits assistance|benefits screening|(ssi|snap|tanf|medicaid|disability insurance).*applications?|public assistance)\b/i,
    'BENEFITS_ENROLMENT',
  ],
  [
    /\b(needle|syringe|naloxone|harm reduction|(aids|hiv|std) prevention supplies|hiv (testing|post|pre))/i,
    'HARM_REDUCTION',
  ],
];

/** Terms of the 211 taxonomy that say for whom a service is, not what it does. */
const population = /^Y[A-Z]?(-|$)/;

/** The needs that services listed under a term help with. Source: infra/reference/domain.md 2.11. */
export function needsOfTerm(term: { name: string; code: string | null }): NeedCategory[] {
  if (term.code && population.test(term.code)) return [];
  return patterns.filter(([pattern]) => pattern.test(term.name)).map(([, category]) => category);
}
