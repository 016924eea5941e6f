import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignScreening1700000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table screening
        add column subscores jsonb not null default '[]',
        add column cut_offs jsonb not null default '[]',
        add column cut_off_group text check (cut_off_group in ('MEN', 'WOMEN')),
        add column recorded_at timestamptz,
        add column override_reason text check (override_reason <> ''),
        alter column signed_at drop not null,
        drop constraint screening_check,
        add check (total is null or band is not null);
      alter table screening disable trigger screening_append_only;
      update screening set recorded_at = signed_at;
      alter table screening enable trigger screening_append_only;
      alter table screening alter column recorded_at set not null;
      comment on column screening.signed_at is 'Null while a safety check is missing; once set, the row never changes.';
      comment on column screening.override_reason is 'Why a clinician signed without the safety check.';

      create function refuse_change_of_signed() returns trigger language plpgsql as $$
      declare
        unsigned screening := old;
      begin
        unsigned.signed_at := new.signed_at;
        unsigned.override_reason := new.override_reason;
        if tg_op = 'DELETE' or old.signed_at is not null or new is distinct from unsigned then
          raise exception 'a screening does not change' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      drop trigger screening_append_only on screening;
      create trigger screening_append_only before update or delete on screening
        for each row execute function refuse_change_of_signed();
      grant update (signed_at, override_reason) on screening to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger screening_append_only on screening;
      update screening set signed_at = recorded_at where signed_at is null;
      drop function refuse_change_of_signed;
      create trigger screening_append_only before update or delete on screening
        for each row execute function refuse_change();
      revoke update on screening from treatment_app;
      alter table screening drop column subscores, drop column cut_offs, drop column cut_off_group,
        drop column recorded_at, drop column override_reason, alter column signed_at set not null;`);
  }
}
