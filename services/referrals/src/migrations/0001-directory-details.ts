/** The tables around agency, service and location, each fed by one or more files of an HSDS package. */

const ORIGIN = `
  source text not null default 'local',
  source_id text,
  imported_hash text,
  version integer not null default 1,
  updated_at timestamptz not null default now()`;

const child = (table: string, columns: string, indexed: string[]): string => `
  create table ${table} (
    id uuid primary key,
    ${columns},
    ${ORIGIN}
  );
  ${indexed.map((column) => `create index ${table}_${column} on ${table} (${column});`).join('\n')}`;

const service = 'service_id uuid references service (id)';
const location = 'location_id uuid references location (id)';
const atLocation = 'service_at_location_id uuid references service_at_location (id)';

export const LINKS = [
  child('service_at_location', `${service} not null, ${location} not null, description text`, [
    'service_id',
    'location_id',
  ]),
  child('taxonomy_term', 'code text, name text not null, description text, parent_id uuid, taxonomy text', [
    'name',
  ]),
  child(
    'service_term',
    `${service} not null, taxonomy_term_id uuid not null references taxonomy_term (id), detail text`,
    ['service_id', 'taxonomy_term_id'],
  ),
];

export const CHILDREN = [
  child(
    'address',
    `${location} not null, kind text, attention text, address_1 text, address_2 text, city text, region text,
     state_province text, postal_code text, country text`,
    ['location_id', 'postal_code'],
  ),
  child(
    'phone',
    `agency_id uuid references agency (id), ${service}, ${location}, ${atLocation},
     number text not null, extension text, kind text, description text`,
    ['service_id', 'location_id', 'agency_id'],
  ),
  child(
    'schedule',
    `${service}, ${location}, ${atLocation}, opens_at time, closes_at time,
     valid_from date, valid_to date, dtstart date, until date, freq text, "interval" integer, byday text,
     bymonthday text, time_zone text, description text, original_text text`,
    ['service_id', 'location_id', 'service_at_location_id'],
  ),
  child('service_language', `${service}, ${location}, code text, name text not null, note text`, [
    'service_id',
    'location_id',
  ]),
  child('accessibility', `${location} not null, description text, details text, url text`, ['location_id']),
  child(
    'cost_option',
    `${service} not null, option text, currency text, amount numeric, amount_description text,
     valid_from date, valid_to date`,
    ['service_id'],
  ),
  child(
    'service_area',
    `${service} not null, name text, description text, extent text, extent_type text, uri text`,
    ['service_id'],
  ),
  child('eligibility', `${service} not null, description text not null`, ['service_id']),
  child('required_document', `${service} not null, document text, uri text`, ['service_id']),
];

export const GRANTS = `
  grant select, insert, update on agency, location, service, service_at_location, taxonomy_term, service_term, address,
    phone, schedule, service_language, accessibility, cost_option, service_area, eligibility,
    required_document to referrals_app;
  grant delete on service_term, address, phone, schedule, service_language, accessibility, cost_option, service_area,
    eligibility, required_document to referrals_app`;
