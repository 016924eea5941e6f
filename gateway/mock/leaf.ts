import { chance, oneOf } from '../equivalence/chance.ts';
import { clients, type Thing } from './thing.ts';

interface Leaf {
  field: string;
  scalar: string;
  of: Thing;
  /** What chance depends on. */
  about: string;
}

const day = 24 * 60 * 60 * 1000;
/** A fixed today, so that a screenshot taken tomorrow shows the same. */
const today = Date.parse('2026-11-23T15:00:00Z');

const firstNames = ['Amparo', 'Bernat', 'Cosima', 'Dariel', 'Elowen', 'Fenna', 'Gaspard', 'Halima'];
const familyNames = ['Quillfeather', 'Tamsworth', 'Oyelaran', 'Brandvold', 'Castellane', 'Mirkovan'];
const places = ['Northlight', 'Stillwater', 'Juniper House', 'Harborside', 'Tidewell', 'Lantern Street'];
const offers = ['Shelter', 'Outpatient Care', 'Detox', 'Legal Aid', 'Food Pantry', 'Peer Support'];

const nameOfPerson = ({ number }: Thing): string =>
  `${firstNames[number % firstNames.length] ?? ''} ${familyNames[number % familyNames.length] ?? ''}`;
const placeOf = ({ number }: Thing): string => places[number % places.length] ?? '';
const padded = (number: number): string => String(number).padStart(5, '0');

/** Names are of nobody; language is person-first. */
const texts: Readonly<Record<string, (of: Thing, about: string) => string>> = {
  caseNumber: ({ number }) => `TL-2026-${padded(number + 101)}`,
  nameToUse: (of) => nameOfPerson(of).split(' ')[0] ?? '',
  legal: nameOfPerson,
  legalName: nameOfPerson,
  patientNameAsSigned: nameOfPerson,
  pronouns: (_of, about) => oneOf(['she/her', 'he/him', 'they/them'], about),
  statementInClientWords: (_of, about) =>
    oneOf(['I want a place of my own by spring.', 'I want to see my daughter every week.'], about),
  title: (_of, about) =>
    oneOf(['An agency has answered a referral', 'A next step is due', 'A screening needs a look'], about),
  kind: (_of, about) =>
    oneOf(['ReferralSent', 'ReferralAccepted', 'ScreeningScored', 'ConsentSigned'], about),
  instrument: (_of, about) => oneOf(['PHQ-9', 'GAD-7', 'AUDIT', 'DAST-10'], about),
  band: (_of, about) => oneOf(['minimal', 'mild', 'moderate'], about),
  county: () => 'Miami-Dade',
  postalCode: (_of, about) => oneOf(['33125', '33128', '33136'], about),
  timeZone: () => 'America/New_York',
  currency: () => 'USD',
  from: () => '21:00',
  to: () => '07:00',
  opensAt: () => '08:00',
  closesAt: () => '17:00',
  reason: () => 'NOT_ASSIGNED',
  code: (_of, about) => oneOf(['NO_CONSENT', 'CONSENT_EXPIRED', 'CATEGORY_NOT_CONSENTED'], about),
  url: ({ number }) => `https://service-${number}.example.org`,
  website: ({ number }) => `https://agency-${number}.example.org`,
  email: ({ number }) => `intake-${number}@example.org`,
  message: ({ __typename }) => `The mock answers ${__typename}: the graph would say here what to do.`,
};

const names: Readonly<Record<string, (of: Thing) => string>> = {
  StaffMember: nameOfPerson,
  Agency: placeOf,
  Service: (of) => `${placeOf(of)} ${offers[of.number % offers.length] ?? ''}`,
  Location: (of) => `${placeOf(of)}, ${12 + of.number} Bay Street`,
};

const highest: Readonly<Record<string, number>> = { score: 100, latitude: 25, longitude: 80, version: 9 };

/** A value as the real graph might answer it. */
export function leafOf({ field, scalar, of, about }: Leaf): unknown {
  const drawn = chance(about);
  switch (scalar) {
    case 'Boolean':
      return drawn < 0.5;
    case 'Int':
      return 1 + Math.floor(drawn * (highest[field] ?? 20));
    case 'Float':
      return Math.round(drawn * (highest[field] ?? 40) * 10) / 10;
    case 'Date':
    case 'DateTime':
      return instantOf(field, of.number, drawn).slice(0, scalar === 'Date' ? 10 : 24);
    case 'Phone':
      return `+1305555${String(100 + Math.floor(drawn * 100)).padStart(4, '0')}`;
    case 'Email':
      return `${nameOfPerson(of).toLowerCase().replace(' ', '.')}@example.org`;
    case 'LanguageCode':
      return oneOf(['en', 'es', 'ht'], about);
    default:
      return textOf(field, of, about);
  }
}

/** What is still to come lies in the next two weeks; of what has been, higher numbers are older; birthdays long ago. */
function instantOf(field: string, number: number, drawn: number): string {
  const isAhead = /due|expires|next|deliver|until|starts|review|decideBy/i.test(field);
  const past =
    field === 'dateOfBirth' ? (20 + drawn * 50) * 365 : (number % clients) + 2 * (number / clients);
  return new Date(today + Math.round((isAhead ? drawn * 14 : -past - drawn) * day)).toISOString();
}

/** Where nothing better is known, the words of the field and the number of the object. */
function textOf(field: string, of: Thing, about: string): string {
  const known = field === 'name' ? names[of.__typename] : texts[field];
  if (known) return known(of, about);
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${of.number}`;
}
