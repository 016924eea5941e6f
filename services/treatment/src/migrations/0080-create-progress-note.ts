import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProgressNote1700000000080 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [QUALIFICATION, NOTE, GUARD, ADDENDUM]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table progress_note_addendum, progress_note, staff_qualification;
      drop function refuse_change_of_note;
      drop function refuse_change_of_addendum`);
  }
}

const QUALIFICATION = `
  create table staff_qualification (staff_id uuid primary key, is_qualified boolean not null);
  comment on table staff_qualification is 'Copy, fed by facts: whether a credential qualifies a member of staff to work without being a trainee.';
  grant select, insert, update, delete on staff_qualification to treatment_app;`;

const NOTE = `
  create table progress_note (
    id uuid primary key,
    client_id uuid not null,
    kind text not null check (kind in ('CASE_MANAGEMENT', 'CONTACT', 'COLLATERAL', 'CRISIS', 'TRANSITION',
      'INDIVIDUAL_SESSION', 'GROUP_SESSION', 'FAMILY_SESSION')),
    status text not null check (status in ('DRAFT', 'AWAITING_COSIGNATURE', 'SIGNED', 'WITHDRAWN')),
    narrative text not null,
    occurred_on date not null,
    goal_ids uuid[] not null,
    without_goal text,
    need_id uuid,
    contact_id uuid,
    stay_id uuid,
    visibility text not null check (visibility in ('CARE_TEAM', 'CLINICAL_TEAM')),
    labels text[] not null check (not labels && array['SUD_NOTE', 'PSYTHER_NOTE']),
    author_id uuid not null,
    drafted_at timestamptz not null,
    saved_at timestamptz not null,
    signed_at timestamptz,
    needs_cosignature boolean not null,
    cosigner_id uuid,
    awaits_since timestamptz,
    cosigned_at timestamptz,
    cosigned_by uuid check (cosigned_by <> author_id),
    returned_reason text,
    version integer not null,
    check ((signed_at is null) = (status in ('DRAFT', 'WITHDRAWN'))),
    check ((awaits_since is null) = (status <> 'AWAITING_COSIGNATURE')),
    check ((cosigned_at is null) = (cosigned_by is null)),
    check (status <> 'SIGNED' or not needs_cosignature or cosigned_at is not null)
  );
  comment on table progress_note is 'Progress notes: drafts, and signed ones, whose text never changes.';
  create index progress_note_client on progress_note (client_id, drafted_at desc, id desc);
  create index progress_note_goal on progress_note using gin (goal_ids);
  create index progress_note_waiting on progress_note (cosigner_id, awaits_since, id)
    where status = 'AWAITING_COSIGNATURE';
  create index progress_note_author_waiting on progress_note (author_id) where status = 'AWAITING_COSIGNATURE';
  grant select, insert on progress_note to treatment_app;
  grant update (kind, status, narrative, occurred_on, goal_ids, without_goal, need_id, contact_id, stay_id, visibility,
    labels, saved_at, signed_at, needs_cosignature, cosigner_id, awaits_since, cosigned_at, cosigned_by,
    returned_reason, version) on progress_note to treatment_app;`;

/** A draft can change. From the signature on only the co-signature, or the way back to a draft, is written. */
const GUARD = `
  create function refuse_change_of_note() returns trigger language plpgsql as $$
  declare
    kept progress_note := old;
    comes_back boolean;
  begin
    if tg_op = 'UPDATE' and old.status = 'DRAFT' then
      return new;
    end if;
    if tg_op = 'UPDATE' and old.status in ('SIGNED', 'AWAITING_COSIGNATURE') then
      comes_back := new.status = 'DRAFT' and old.status = 'AWAITING_COSIGNATURE' and old.needs_cosignature
        and old.cosigned_at is null;
      kept.status := new.status;
      kept.cosigner_id := new.cosigner_id;
      kept.awaits_since := new.awaits_since;
      kept.version := new.version;
      if old.cosigned_at is null then
        kept.cosigned_at := new.cosigned_at;
        kept.cosigned_by := new.cosigned_by;
      end if;
      if comes_back then
        kept.signed_at := new.signed_at;
        kept.needs_cosignature := new.needs_cosignature;
        kept.returned_reason := new.returned_reason;
      end if;
      if new is not distinct from kept and (comes_back or new.status in ('SIGNED', 'AWAITING_COSIGNATURE')) then
        return new;
      end if;
    end if;
    raise exception 'a signed note does not change' using errcode = 'insufficient_privilege';
  end $$;
  create trigger progress_note_signed before update or delete on progress_note
    for each row execute function refuse_change_of_note();`;

const ADDENDUM = `
  create table progress_note_addendum (
    id uuid primary key,
    note_id uuid not null references progress_note (id),
    client_id uuid not null,
    reason text not null check (reason in ('LATE_ENTRY', 'CORRECTION', 'CLARIFICATION')),
    text text not null,
    added_at timestamptz not null,
    added_by uuid not null,
    needs_cosignature boolean not null,
    cosigned_at timestamptz,
    cosigned_by uuid check (cosigned_by <> added_by),
    check ((cosigned_at is null) = (cosigned_by is null)),
    check (cosigned_at is null or needs_cosignature)
  );
  comment on table progress_note_addendum is 'What was added to signed notes; only the co-signature is written later.';
  create index progress_note_addendum_note on progress_note_addendum (note_id, added_at, id);
  create function refuse_change_of_addendum() returns trigger language plpgsql as $$
  declare
    kept progress_note_addendum := old;
  begin
    kept.cosigned_at := new.cosigned_at;
    kept.cosigned_by := new.cosigned_by;
    if tg_op = 'DELETE' or old.cosigned_at is not null or new is distinct from kept then
      raise exception 'an addendum does not change' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;
  create trigger progress_note_addendum_fixed before update or delete on progress_note_addendum
    for each row execute function refuse_change_of_addendum();
  grant select, insert on progress_note_addendum to treatment_app;
  grant update (cosigned_at, cosigned_by) on progress_note_addendum to treatment_app;`;
