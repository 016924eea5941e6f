import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GuardSignedConsent1700000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(GUARD);
  }

  async down(): Promise<void> {
    // The former guard forgot columns of the signed form. It is not put back.
  }
}

/**
 * Compares whole rows without the columns of the status, so that a column that is added later is guarded until a
 * migration decides otherwise. The event that ends a consent happens after it was signed: its time may be set once.
 */
const GUARD = `
  create or replace function keep_consent() returns trigger language plpgsql as $$
  declare
    of_status constant text[] := '{status,revoked_at,revocation_method,superseded_by_id,version}';
    signed jsonb;
    given jsonb;
  begin
    if tg_op = 'DELETE' then
      raise exception 'a consent is never removed';
    end if;
    signed := to_jsonb(old) - of_status;
    given := to_jsonb(new) - of_status;
    if old.expiry ->> 'eventOccurredAt' is null then
      signed := signed #- '{expiry,eventOccurredAt}';
      given := given #- '{expiry,eventOccurredAt}';
    end if;
    if signed is distinct from given then
      raise exception 'what was signed does not change';
    end if;
    if old.status in ('REVOKED', 'EXPIRED', 'SUPERSEDED', 'INVALID', 'ENTERED_IN_ERROR')
      and (new.status in ('DRAFT', 'ACTIVE') or new.revoked_at is distinct from old.revoked_at) then
      raise exception 'a consent that has ended does not come back';
    end if;
    return new;
  end $$;`;
