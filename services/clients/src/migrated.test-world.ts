import { migrateJobs } from '@throughline/messaging';
import type { MigrationInterface } from 'typeorm';
import { createDataSource, migrate } from './database.ts';
import { GuardEqualRows1700000000005 } from './migrations/0005-guard-equal-rows.ts';

/** The same in each run: the filled database is a template that the runs share. */
const fixed = (number: number) => `0193a000-0000-7000-8000-00000000000${String(number)}`;
export const [active, left, restricts, blocks, free] = [fixed(1), fixed(2), fixed(3), fixed(4), fixed(5)];
export const [agency, caseId, older, younger] = [fixed(6), fixed(7), fixed(8), fixed(9)];

const client = (id: string, restrictAll: boolean, blocked: string) => `
  insert into client (id, case_number, status, legal_name, interpreter_needed, populations, contact_points,
    safe_contact, safe_address, blocked_agency_ids, accessibility_needs, consent_authority, restrict_all,
    registered_at, registered_by, version)
  values ('${id}', '${id}', 'ACTIVE', 'Somebody', false, '{}', '[]', '{}', false, '${blocked}', '{}', 'SELF',
    ${restrictAll}, now(), '${active}', 1);`;

const staff = (id: string, isActive: boolean) => `
  insert into case_manager (id, name, roles, languages, specialties, active, version)
  values ('${id}', 'Somebody', '{CASE_MANAGER}', '{}', '{}', ${isActive}, 1);`;

export const need = (id: string) => `
  insert into need (id, client_id, case_id, category, source, status, identified_at, version)
  values ('${id}', '${free}', '${caseId}', 'FOOD_INSECURITY', 'CLIENT_STATED', 'OPEN', now(), 1);`;

export const consent = (id: string) => `
  insert into consent (id, client_id, kind, status, patient_name_as_signed, disclosers, info_description, categories,
    excludes, recipients, purposes, statements, expiry, signatures, known_false, identity_before_decision,
    permits_redisclosure, interpreter_used, recorded_at, recorded_by, version)
  values ('${id}', '${free}', 'SPECIFIC_DISCLOSURE', 'ACTIVE', 'Somebody', '[]', 'Name', '{ID}', '{}', '[]', '{}', '{}',
    '{}', '[]', false, false, false, false, now(), '${active}', 1);`;

const rows = [
  ...[staff(active, true), staff(left, false)],
  ...[client(restricts, true, '{}'), client(blocks, false, `{${agency}}`), client(free, false, '{}')],
  `insert into case_file (id, client_id, status, phase, opened_at, version)
   values ('${caseId}', '${free}', 'OPEN_ACTIVE', 'ACTIVE', now(), 1);`,
  ...[need(older), need(younger)],
];

/** A database of the release before, with rows, brought up to date. */
export async function updateFilled(ownerUrl: string): Promise<void> {
  const dataSource = createDataSource(ownerUrl, 1);
  const all = dataSource.options.migrations as (new () => MigrationInterface)[];
  const migrations = all.slice(0, all.indexOf(GuardEqualRows1700000000005));
  await dataSource.setOptions({ migrations }).initialize();
  await dataSource.runMigrations();
  for (const row of rows) await dataSource.query(row);
  await dataSource.destroy();
  await migrateJobs(ownerUrl);
  await migrate(ownerUrl);
}
