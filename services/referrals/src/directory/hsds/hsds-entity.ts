import type { FieldKind } from './hsds-value.ts';

export interface Field {
  column: string;
  /** Names in the packages, 3.x first; the first that is filled counts. */
  from: readonly string[];
  kind: FieldKind;
  required?: true;
}

export interface Reference {
  column: string;
  /** Name in the packages. */
  from: string;
  entity: string;
  required: boolean;
  /** Checked and guarded by a foreign key; else only an id that may lead nowhere. */
  loose?: true;
}

/** One kind of row: where it is found in HSDS packages, and the table that keeps it. */
export interface Entity {
  /** Name of its table too. */
  name: string;
  /** Names of its CSV files in HSDS 1.x and 3.x. */
  files: readonly string[];
  fields: readonly Field[];
  references: readonly Reference[];
  /**
   * ID: the package's ids name the rows. CONTENT: real packages leave them empty or repeat them, so that a row is
   * named by what it says.
   */
  named: 'ID' | 'CONTENT';
  /** Belongs to a service, location or agency, and goes when its owner's entry no longer has it. */
  detail: boolean;
  /** Columns that the packages have and that are not kept, on purpose. */
  ignored: readonly string[];
}

const f = (column: string, kind: FieldKind = 'text', ...from: string[]): Field => ({
  column,
  kind,
  from: from.length > 0 ? from : [column],
});
const must = (column: string, kind: FieldKind = 'line', ...from: string[]): Field => ({
  ...f(column, kind, ...from),
  required: true,
});
const ref = (column: string, entity: string, required = false, from = column): Reference => ({
  column,
  from,
  entity,
  required,
});
const service = ref('service_id', 'service');
const location = ref('location_id', 'location');
const agency = ref('agency_id', 'agency', false, 'organization_id');
const atLocation = ref('service_at_location_id', 'service_at_location');
const required = (reference: Reference): Reference => ({ ...reference, required: true });
const validity = [f('valid_from', 'date'), f('valid_to', 'date')];

/** In the order in which they are written: what is referred to comes first. */
export const entities: readonly Entity[] = [
  {
    name: 'agency',
    files: ['organizations', 'organization'],
    fields: [
      must('name'),
      f('alternate_name', 'line'),
      f('description'),
      f('email', 'line'),
      f('website', 'line', 'website', 'url'),
      f('legal_status', 'line'),
      f('year_incorporated', 'integer'),
    ],
    references: [{ ...ref('parent_agency_id', 'agency', false, 'parent_organization_id'), loose: true }],
    named: 'ID',
    detail: false,
    ignored: ['tax_status', 'tax_id', 'logo', 'uri', 'additional_websites'],
  },
  {
    name: 'location',
    files: ['locations', 'location'],
    fields: [
      f('location_type', 'line'),
      f('name', 'line'),
      f('alternate_name', 'line'),
      f('description'),
      f('transportation'),
      f('url', 'line'),
      f('latitude', 'latitude'),
      f('longitude', 'longitude'),
    ],
    references: [agency],
    named: 'ID',
    detail: false,
    ignored: ['external_identifier', 'external_identifier_type'],
  },
  {
    name: 'taxonomy_term',
    files: ['taxonomy_terms', 'taxonomy_term', 'taxonomy'],
    fields: [
      must('name'),
      f('code', 'line'),
      f('description'),
      f('taxonomy', 'line', 'taxonomy', 'vocabulary'),
    ],
    references: [{ ...ref('parent_id', 'taxonomy_term'), loose: true }],
    named: 'ID',
    detail: false,
    ignored: ['parent_name', 'taxonomy_facet', 'taxonomy_id', 'language', 'term_uri', 'uri', 'version'],
  },
  {
    name: 'service',
    files: ['services', 'service'],
    fields: [
      must('name'),
      f('alternate_name', 'line'),
      f('description'),
      f('url', 'line'),
      f('email', 'line'),
      f('status', 'serviceStatus'),
      f('interpretation_services'),
      f('application_process'),
      f('fees_description', 'text', 'fees_description', 'fees'),
      f('wait_time'),
      f('accreditations'),
      f('licenses'),
      f('alert'),
      f('eligibility_description'),
      f('minimum_age', 'age'),
      f('maximum_age', 'age'),
      f('assured_date', 'date'),
    ],
    references: [required(agency)],
    named: 'ID',
    detail: false,
    ignored: ['program_id', 'assurer_email', 'last_modified', 'taxonomy_ids'],
  },
  {
    name: 'service_at_location',
    files: ['service_at_location', 'service_at_locations', 'services_at_location', 'services_at_locations'],
    fields: [f('description')],
    references: [required(service), required(location)],
    named: 'ID',
    detail: false,
    ignored: [],
  },
  {
    name: 'service_term',
    files: ['services_taxonomy', 'service_taxonomy', 'service_taxonomies', 'attributes'],
    fields: [f('detail', 'text', 'taxonomy_detail', 'value')],
    references: [
      required({ ...service, from: 'service_id' }),
      required(ref('taxonomy_term_id', 'taxonomy_term', true)),
    ],
    named: 'CONTENT',
    detail: true,
    ignored: ['link_id', 'link_type', 'link_entity', 'taxonomy_id', 'label'],
  },
  {
    name: 'address',
    files: ['addresses', 'address', 'physical_addresses', 'postal_addresses'],
    fields: [
      f('kind', 'line', 'address_type'),
      f('attention', 'line'),
      f('address_1', 'line'),
      f('address_2', 'line'),
      f('city', 'line'),
      f('region', 'line'),
      f('state_province', 'line'),
      f('postal_code', 'line'),
      f('country', 'line'),
    ],
    references: [required(location)],
    named: 'ID',
    detail: true,
    ignored: ['organization_id'],
  },
  {
    name: 'phone',
    files: ['phones', 'phone'],
    fields: [must('number'), f('extension', 'line'), f('kind', 'line', 'type'), f('description')],
    references: [agency, service, location, atLocation],
    named: 'ID',
    detail: true,
    ignored: ['contact_id', 'language', 'department'],
  },
  {
    name: 'schedule',
    files: ['schedules', 'schedule', 'regular_schedules'],
    fields: [
      f('opens_at', 'time'),
      f('closes_at', 'time'),
      ...validity,
      f('dtstart', 'date'),
      f('until', 'date'),
      f('freq', 'line'),
      f('interval', 'integer'),
      f('byday', 'weekdays', 'byday', 'weekday'),
      f('bymonthday', 'line'),
      f('time_zone', 'line', 'timezone'),
      f('description'),
      f('original_text', 'text', 'original_text', 'notes'),
    ],
    references: [service, location, atLocation],
    named: 'CONTENT',
    detail: true,
    ignored: ['count', 'wkst', 'byweekno', 'byyearday', 'schedule_link', 'attending_type'],
  },
  {
    name: 'service_language',
    files: ['languages', 'language'],
    fields: [
      must('name', 'line', 'name', 'language'),
      f('code', 'language', 'code', 'name', 'language'),
      f('note'),
    ],
    references: [service, location],
    named: 'CONTENT',
    detail: true,
    ignored: ['phone_id'],
  },
  {
    name: 'accessibility',
    files: ['accessibility', 'accessibility_for_disabilities'],
    fields: [f('description', 'text', 'description', 'accessibility'), f('details'), f('url', 'line')],
    references: [required(location)],
    named: 'ID',
    detail: true,
    ignored: [],
  },
  {
    name: 'cost_option',
    files: ['cost_options'],
    fields: [f('option'), f('currency', 'line'), f('amount', 'number'), f('amount_description'), ...validity],
    references: [required(service)],
    named: 'ID',
    detail: true,
    ignored: [],
  },
  {
    name: 'service_area',
    files: ['service_areas'],
    fields: [
      f('name', 'text', 'name', 'service_area'),
      f('description'),
      f('extent'),
      f('extent_type', 'line'),
      f('uri', 'line'),
    ],
    references: [required(service)],
    named: 'ID',
    detail: true,
    ignored: ['service_at_location_id'],
  },
  {
    name: 'eligibility',
    files: ['eligibility', 'eligibilities'],
    fields: [must('description', 'text', 'eligibility')],
    references: [required(service)],
    named: 'CONTENT',
    detail: true,
    ignored: [],
  },
  {
    name: 'required_document',
    files: ['required_documents', 'required_document'],
    fields: [f('document'), f('uri', 'line')],
    references: [required(service)],
    named: 'ID',
    detail: true,
    ignored: [],
  },
];

export const entityByName = new Map(entities.map((entity) => [entity.name, entity]));

/** Files of the standard that are left out on purpose, and why. */
export const filesNotKept: Partial<Record<string, string>> = {
  contacts: 'names of persons are not taken into the directory',
  contact: 'names of persons are not taken into the directory',
  programs: 'programs are not used by referrals',
  program: 'programs are not used by referrals',
  funding: 'funding is not used by referrals',
  metadata: 'the history of changes stays with its publisher',
  meta_table_descriptions: 'it describes the package, not a service',
  organization_identifiers: 'identifiers of other registers are not used',
  taxonomies: 'each term names its taxonomy',
  payments_accepted: 'kinds of payment are not used by matching yet',
  holiday_schedules: 'holidays are not used by matching yet',
  service_capacities: 'free places are reported by the agency itself',
  units: 'free places are reported by the agency itself',
};
