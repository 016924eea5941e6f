import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses of agencies, areas of one place, and the web addresses, free places and payments of HSDS packages. */
export class ExtendDirectory1700000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [OWNERS, LINK, CAPACITY, PAYMENT, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table payment_accepted, service_capacity, capacity_unit, web_link;
      delete from service_area where service_id is null;
      delete from address where location_id is null;
      alter table service_area drop column service_at_location_id, alter column service_id set not null;
      alter table address drop column agency_id, alter column location_id set not null;
      alter table service drop column additional_links;
      alter table agency drop column additional_links`);
  }
}

const ORIGIN = `
  source text not null default 'local',
  source_id text,
  imported_hash text,
  version integer not null default 1,
  updated_at timestamptz not null default now()`;

const OWNERS = `
  alter table agency add column additional_links text;
  alter table service add column additional_links text;
  comment on column agency.additional_links is 'As the package has them: addresses, or ids of rows in web_link.';
  alter table address add column agency_id uuid references agency (id), alter column location_id drop not null;
  create index address_agency_id on address (agency_id) where agency_id is not null;
  alter table service_area add column service_at_location_id uuid references service_at_location (id),
    alter column service_id drop not null;
  create index service_area_service_at_location_id on service_area (service_at_location_id)
    where service_at_location_id is not null`;

const LINK = `
  create table web_link (
    id uuid primary key,
    agency_id uuid references agency (id),
    service_id uuid references service (id),
    label text,
    url text not null,
    ${ORIGIN}
  );
  create index web_link_agency_id on web_link (agency_id);
  create index web_link_service_id on web_link (service_id)`;

const CAPACITY = `
  create table capacity_unit (
    id uuid primary key,
    name text not null,
    scheme text,
    identifier text,
    uri text,
    ${ORIGIN}
  );
  create table service_capacity (
    id uuid primary key,
    service_id uuid not null references service (id),
    capacity_unit_id uuid references capacity_unit (id),
    available integer check (available >= 0),
    maximum integer check (maximum >= 0),
    description text,
    reported_at timestamptz,
    ${ORIGIN}
  );
  create index service_capacity_service_id on service_capacity (service_id)`;

const PAYMENT = `
  create table payment_accepted (
    id uuid primary key,
    service_id uuid not null references service (id),
    payment text not null,
    insurance text,
    ${ORIGIN}
  );
  comment on column payment_accepted.insurance is
    'Code of the insurance; NONE: the text names no insurance; null: it is not clear which one the text means.';
  create index payment_accepted_service_id on payment_accepted (service_id)`;

const GRANTS = `
  grant select, insert, update on web_link, capacity_unit, service_capacity, payment_accepted to referrals_app;
  grant delete on web_link, service_capacity, payment_accepted to referrals_app`;
