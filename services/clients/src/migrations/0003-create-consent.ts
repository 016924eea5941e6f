import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConsent1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CONSENT);
    await queryRunner.query(GUARD);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table consent; drop function keep_consent;`);
  }
}

const CONSENT = `
  create table consent (
    id uuid primary key,
    client_id uuid not null references client (id),
    kind text not null,
    status text not null
      check (status in ('DRAFT', 'ACTIVE', 'EXPIRED', 'REVOKED', 'SUPERSEDED', 'INVALID', 'ENTERED_IN_ERROR')),
    patient_name_as_signed text not null,
    disclosers jsonb not null,
    info_description text not null,
    categories text[] not null,
    excludes text[] not null,
    recipients jsonb not null,
    intermediary jsonb,
    purposes text[] not null,
    statements jsonb not null,
    expiry jsonb not null,
    signatures jsonb not null,
    signed_at timestamptz,
    revoked_at timestamptz,
    known_false boolean not null,
    identity_before_decision boolean not null,
    permits_redisclosure boolean not null,
    irrevocable_until date,
    jurisdiction text,
    language text,
    interpreter_used boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    revocation_method text,
    superseded_by_id uuid references consent (id),
    version integer not null,
    check ((status = 'REVOKED') = (revoked_at is not null)),
    check (status <> 'SUPERSEDED' or superseded_by_id is not null)
  );
  comment on table consent is 'Elements of 42 CFR 2.31(a). What was signed never changes; a change is a new consent.';
  create index consent_client on consent (client_id);
  grant select, insert, update on consent to clients_app;`;

/** Names every element, so that a later column is free until somebody decides about it. */
const GUARD = `
  create function keep_consent() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'a consent is never removed';
    end if;
    if (old.client_id, old.kind, old.patient_name_as_signed, old.disclosers, old.info_description, old.categories,
        old.excludes, old.recipients, old.intermediary, old.purposes, old.statements, old.signatures, old.signed_at)
      is distinct from
       (new.client_id, new.kind, new.patient_name_as_signed, new.disclosers, new.info_description, new.categories,
        new.excludes, new.recipients, new.intermediary, new.purposes, new.statements, new.signatures, new.signed_at)
    then
      raise exception 'what was signed does not change';
    end if;
    if old.status in ('REVOKED', 'EXPIRED', 'SUPERSEDED') and new.status = 'ACTIVE' then
      raise exception 'a consent that has ended does not come back';
    end if;
    return new;
  end $$;
  create trigger keep_consent before update or delete on consent
    for each row execute function keep_consent();`;
