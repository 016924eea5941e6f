import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed counseling notes can be encrypted with another key, and their log of accesses can be read. */
export class ResealCounseling1700000000150 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${GUARD}; grant select on counseling.access_event to treatment_counseling`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `${GUARD_BEFORE}; revoke select on counseling.access_event from treatment_counseling`,
    );
  }
}

/** The column sealed alone, and only to what another key encrypted. Whether the text is the same the database cannot see. */
const GUARD = `
  create or replace function counseling.refuse_change_of_signed() returns trigger language plpgsql as $$
  declare
    resealed counseling.note;
  begin
    if tg_op = 'UPDATE' and old.signed_at is not null then
      resealed := old;
      resealed.sealed := new.sealed;
      if new is not distinct from resealed and new.sealed ~ '^sealed:[^:]+:[^:]+$'
        and split_part(new.sealed, ':', 2) <> split_part(old.sealed, ':', 2) then
        return new;
      end if;
    end if;
    if tg_op = 'DELETE' or old.signed_at is not null then
      raise exception 'a signed counseling note does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$`;

const GUARD_BEFORE = `
  create or replace function counseling.refuse_change_of_signed() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' or old.signed_at is not null then
      raise exception 'a signed counseling note does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$`;
