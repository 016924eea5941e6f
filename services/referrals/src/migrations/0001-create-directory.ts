import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CHILDREN, GRANTS, LINKS } from './0001-directory-details.ts';

/** The service directory (HSDS) and what the program knows of the agencies beside it. */
export class CreateDirectory1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [AGENCY, LOCATION, SERVICE, ...LINKS, ...CHILDREN, GRANTS]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table schedule, phone, service_language, accessibility, cost_option, service_area, required_document, eligibility,
        address, service_term, taxonomy_term, service_at_location, service, location, agency`);
  }
}

const ORIGIN = `
  source text not null default 'local',
  source_id text,
  imported_hash text,
  version integer not null default 1,
  updated_at timestamptz not null default now()`;

const AGENCY = `
  create table agency (
    id uuid primary key,
    name text not null,
    alternate_name text,
    description text,
    email text,
    website text,
    legal_status text,
    year_incorporated integer,
    parent_agency_id uuid,
    agency_type text not null default 'OTHER' check (agency_type in (
      'SHELTER', 'HOUSING', 'FOOD', 'TRANSPORT', 'BENEFITS', 'EMPLOYMENT', 'ID_DOCS', 'LEGAL_AID', 'CLINIC', 'DETOX',
      'RESIDENTIAL', 'OTP', 'CORRECTIONS', 'SCHOOL', 'EMPLOYER', 'LANDLORD', 'PEER', 'HOSPITAL', 'NURSING_HOME',
      'OTHER')),
    hipaa_status text not null default 'NON_HIPAA' check (hipaa_status in (
      'COVERED_ENTITY', 'BUSINESS_ASSOCIATE', 'PART2_PROGRAM', 'NON_HIPAA')),
    is_part2_program boolean not null default false,
    is_victim_service_provider boolean not null default false,
    needs_identity_to_decide boolean not null default false,
    agreements jsonb not null default '[]' check (jsonb_typeof(agreements) = 'array'),
    time_zone text not null default 'America/New_York',
    status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
    ${ORIGIN}
  );
  comment on column agency.imported_hash is
    'Of the source row last applied: an import leaves a row alone while its source says the same.';
  comment on column agency.agreements is
    'Array of {type BAA|QSOA|DUA|MOU, from, to}; without one in force no referral leaves for the agency.';
  create index agency_name on agency (name, id);`;

const LOCATION = `
  create table location (
    id uuid primary key,
    agency_id uuid references agency (id),
    location_type text,
    name text,
    alternate_name text,
    description text,
    transportation text,
    url text,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    ${ORIGIN}
  );
  create index location_agency_id on location (agency_id);`;

const SERVICE = `
  create table service (
    id uuid primary key,
    agency_id uuid not null references agency (id),
    name text not null,
    alternate_name text,
    description text,
    url text,
    email text,
    status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE', 'DEFUNCT', 'TEMPORARILY_CLOSED')),
    interpretation_services text,
    application_process text,
    fees_description text,
    wait_time text,
    accreditations text,
    licenses text,
    alert text,
    eligibility_description text,
    minimum_age integer check (minimum_age between 0 and 150),
    maximum_age integer check (maximum_age between 0 and 150),
    assured_date date,
    accepts_referrals boolean not null default true,
    intake_mode text not null default 'DIRECT' check (intake_mode in ('DIRECT', 'CALL', 'WALK_IN', 'ASSESSMENT_FIRST')),
    need_categories text[] not null default '{}',
    needs_curated boolean not null default false,
    sensitive_category text check (sensitive_category in ('SUD', 'MH', 'IPV', 'HIV')),
    insurance_accepted text[] not null default '{}',
    access_conditions text[] not null default '{}',
    capacity_code text check (capacity_code in ('CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ADDITIONAL_ASSESSMENT_REQUIRED')),
    capacity_available integer check (capacity_available >= 0),
    capacity_maximum integer check (capacity_maximum >= 0),
    capacity_unit text,
    capacity_updated_at timestamptz,
    expected_wait_days integer check (expected_wait_days >= 0),
    ${ORIGIN}
  );
  comment on column service.needs_curated is
    'A person decided the need categories and the sensitive category: an import no longer derives them.';
  comment on column service.access_conditions is 'Whom the service is for, as codes, for example WOMEN_ONLY.';
  create index service_agency_id on service (agency_id);
  create index service_name on service (name, id);
  create index service_need_categories on service using gin (need_categories);`;
