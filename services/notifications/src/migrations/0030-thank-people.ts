import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes of thanks, what somebody's work did, and times in which work is honored. */
export class ThankPeople1700000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [NOTE, DEED, CAMPAIGN, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table appreciation_note, deed, recognition_campaign;
      drop index escalation_note, staff_supervisor`);
  }
}

const NOTE = `
  create table appreciation_note (
    id uuid primary key,
    to_staff_id uuid not null,
    recorded_by uuid not null,
    from_type text not null check (from_type in ('CLIENT', 'FAMILY', 'PARTNER', 'COLLEAGUE', 'ANONYMOUS')),
    from_client_id uuid,
    kind text not null check (kind in ('NOTE', 'CALL_MESSAGE')),
    body text not null check (length(body) between 1 and 2000),
    language text not null,
    occasion_id uuid,
    findings text[] not null,
    moderation text not null check (moderation in ('PENDING', 'APPROVED', 'REJECTED', 'ESCALATED')),
    rejected_because text,
    moderated_by uuid,
    submitted_at timestamptz not null,
    delivered_at timestamptz,
    reaction text check (reaction in ('THANK_YOU', 'SMILE', 'MOVED')),
    visibility text not null check (visibility in ('PRIVATE', 'TEAM', 'PUBLIC')),
    shared_body text,
    authorized_on date,
    authorization_reference text,
    version integer not null,
    check ((moderation = 'APPROVED') = (delivered_at is not null)),
    check ((moderation = 'REJECTED') = (rejected_because is not null)),
    check (not ('CRISIS' = any(findings) and moderation = 'APPROVED')),
    check (moderated_by is null or moderated_by not in (to_staff_id, recorded_by)),
    check (visibility = 'PRIVATE' or (moderation = 'APPROVED' and shared_body is not null
      and authorized_on is not null and authorization_reference is not null))
  );
  comment on table appreciation_note is 'Notes of thanks to members of staff; private to the receiver unless the writer authorized more.';
  comment on column appreciation_note.from_client_id is 'Who thanks; no field of the graph shows it.';
  create index appreciation_note_received on appreciation_note (to_staff_id, delivered_at desc, id desc)
    where delivered_at is not null;
  create index appreciation_note_waiting on appreciation_note (submitted_at, id)
    where moderation in ('PENDING', 'ESCALATED');
  create index escalation_note on escalation (subject_id) where code = 'NOTE_IN_CRISIS';
  create index staff_supervisor on staff (supervisor_id);`;

const DEED = `
  create table deed (
    staff_id uuid not null,
    kind text not null,
    subject_id uuid not null,
    done_at timestamptz not null,
    primary key (staff_id, kind, subject_id)
  );
  comment on table deed is 'What a person did, from facts: for their own recap of the week and for the occasion of a note.';
  create index deed_of_week on deed (staff_id, done_at);
  create index deed_of_subject on deed (subject_id);`;

const CAMPAIGN = `
  create table recognition_campaign (
    id uuid primary key,
    name text not null check (length(name) between 1 and 80),
    from_day date not null,
    to_day date not null check (to_day >= from_day),
    planned_by uuid not null
  );
  comment on table recognition_campaign is 'Times of its own in which a program honors its staff; the default ones are computed.';
  create index recognition_campaign_end on recognition_campaign (to_day, id);`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select, insert on appreciation_note, deed, recognition_campaign to ' || app;
    execute 'grant update (moderation, rejected_because, moderated_by, delivered_at, reaction, visibility, shared_body,
      authorized_on, authorization_reference, version) on appreciation_note to ' || app;
  end $$;`;
