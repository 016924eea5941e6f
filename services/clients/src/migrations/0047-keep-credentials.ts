import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The registry of credentials. Nobody verifies the own one: the database refuses it, whatever writes it. */
export class KeepCredentials1700000000047 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [TYPES, SEED, CREDENTIAL, EDUCATION]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table continuing_education, credential, credential_type');
  }
}

const TYPES = `
  create table credential_type (
    code text primary key,
    name text not null,
    issuer text not null,
    cycle_months integer check (cycle_months > 0),
    ce_hours numeric(6, 2) not null check (ce_hours >= 0),
    ce_ethics_hours numeric(6, 2) not null check (ce_ethics_hours between 0 and ce_hours),
    renewal_opens_days integer not null check (renewal_opens_days >= 0),
    grace_days integer not null check (grace_days >= 0),
    qualifies boolean not null
  );
  comment on table credential_type is 'Types of credentials: data that an administrator edits, not code.';
  comment on column credential_type.qualifies is 'It qualifies a case manager to work without being a trainee.';
  grant select on credential_type to clients_app;`;

/** Source: infra/reference/domain.md 1.3. What is recalled there is a default here. */
const SEED = `
  insert into credential_type
    (code, name, issuer, cycle_months, ce_hours, ce_ethics_hours, renewal_opens_days, grace_days, qualifies)
  values
    ('CCM', 'Certified Case Manager', 'CCMC', 60, 80, 8, 90, 30, true),
    ('ACM-RN', 'Accredited Case Manager, nurse', 'ACMA', 48, 40, 0, 90, 0, true),
    ('ACM-SW', 'Accredited Case Manager, social worker', 'ACMA', 48, 40, 0, 90, 0, true),
    ('CMGT-BC', 'Nursing Case Management', 'ANCC', 60, 75, 0, 90, 0, true),
    ('C-SWCM', 'Certified Social Work Case Manager', 'NASW', 24, 20, 0, 90, 0, true),
    ('C-ASWCM', 'Certified Advanced Social Work Case Manager', 'NASW', 24, 20, 0, 90, 0, true),
    ('CADC', 'Certified Alcohol and Drug Counselor', 'IC&RC board', 24, 40, 0, 90, 0, true),
    ('AADC', 'Advanced Alcohol and Drug Counselor', 'IC&RC board', 24, 40, 0, 90, 0, true),
    ('CCS', 'Certified Clinical Supervisor', 'IC&RC board', 24, 40, 0, 90, 0, true),
    ('CPRS', 'Certified Peer Recovery Specialist', 'IC&RC board', 24, 40, 0, 90, 0, false),
    ('PR', 'Peer Recovery', 'IC&RC board', 24, 40, 0, 90, 0, false),
    ('NCAC-I', 'National Certified Addiction Counselor, Level I', 'NAADAC', 24, 40, 0, 90, 0, true),
    ('NCAC-II', 'National Certified Addiction Counselor, Level II', 'NAADAC', 24, 40, 0, 90, 0, true),
    ('MAC', 'Master Addiction Counselor', 'NAADAC', 24, 40, 0, 90, 0, true),
    ('CRC', 'Certified Rehabilitation Counselor', 'CRCC', 60, 100, 0, 90, 0, true),
    ('CDMS', 'Certified Disability Management Specialist', 'CDMS', 60, 80, 0, 90, 0, true),
    ('LCSW', 'Licensed Clinical Social Worker', 'State', 24, 0, 0, 90, 0, true),
    ('LPC', 'Licensed Professional Counselor', 'State', 24, 0, 0, 90, 0, true),
    ('LMFT', 'Licensed Marriage and Family Therapist', 'State', 24, 0, 0, 90, 0, true),
    ('LMHC', 'Licensed Mental Health Counselor', 'State', 24, 0, 0, 90, 0, true),
    ('RN', 'Registered Nurse', 'State', 24, 0, 0, 90, 0, true),
    ('PEER', 'Peer Specialist', 'State', 24, 0, 0, 90, 0, false),
    ('QMHP', 'Qualified Mental Health Professional', 'State', 24, 0, 0, 90, 0, true),
    ('QBHP', 'Qualified Behavioral Health Professional', 'State', 24, 0, 0, 90, 0, true);`;

const CREDENTIAL = `
  create table credential (
    id uuid primary key,
    staff_id uuid not null references case_manager (id),
    type_code text not null references credential_type (code),
    number text,
    issued_on date not null,
    expires_on date,
    status text not null
      check (status in ('PENDING_EVIDENCE', 'SUBMITTED', 'VERIFIED', 'SUSPENDED', 'REVOKED', 'RETIRED')),
    evidence jsonb not null,
    renews_until date,
    verified_by uuid references case_manager (id),
    verified_at timestamptz,
    version integer not null,
    check (expires_on > issued_on),
    check (renews_until > expires_on),
    constraint credential_not_verified_by_holder check (verified_by <> staff_id),
    constraint credential_verified_by_somebody
      check (status <> 'VERIFIED' or (verified_by is not null and verified_at is not null))
  );
  comment on table credential is 'EXPIRING, EXPIRED_IN_GRACE and EXPIRED are no states here: they follow from the day.';
  create index credential_staff on credential (staff_id);
  create index credential_expiry on credential (expires_on, id) where status = 'VERIFIED';
  create unique index credential_one_live on credential (staff_id, type_code)
    where status in ('PENDING_EVIDENCE', 'SUBMITTED', 'VERIFIED', 'SUSPENDED');
  grant select, insert, update on credential to clients_app;`;

const EDUCATION = `
  create table continuing_education (
    id uuid primary key,
    credential_id uuid not null references credential (id),
    held_on date not null,
    title text not null,
    hours numeric(6, 2) not null check (hours > 0),
    ethics_hours numeric(6, 2) not null check (ethics_hours between 0 and hours),
    recorded_at timestamptz not null,
    recorded_by uuid not null
  );
  comment on table continuing_education is 'Hours count for the cycle of the credential in which the day lies.';
  create index continuing_education_credential on continuing_education (credential_id, held_on);
  grant select, insert on continuing_education to clients_app;`;
