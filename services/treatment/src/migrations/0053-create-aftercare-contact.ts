import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAftercareContact1700000000053 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table aftercare_contact (
        id uuid primary key,
        client_id uuid not null,
        source_type text not null check (source_type in ('Stay', 'SupportEnd')),
        source_id uuid not null,
        episode_id uuid not null references episode,
        step text not null,
        started_at timestamptz not null,
        recorded_at timestamptz not null,
        opens_at timestamptz not null,
        remind_at timestamptz not null,
        due_on date not null,
        due_at timestamptz not null,
        status text not null check (status in ('PENDING', 'MET', 'MISSED', 'STOPPED', 'CANCELLED')),
        stopped_for text,
        met_by_id uuid,
        met_at timestamptz,
        attempts integer not null check (attempts >= 0),
        last_attempt_at timestamptz,
        reminded_at timestamptz,
        opened_at timestamptz not null,
        version integer not null,
        unique (source_id, step),
        check ((status = 'STOPPED') = (stopped_for is not null)),
        check ((status = 'MET') = (met_by_id is not null)),
        check ((met_by_id is null) = (met_at is null)),
        check (opens_at >= started_at and due_at > opens_at)
      );
      comment on table aftercare_contact is 'Conversations that are due after discharges; never removed.';
      create index aftercare_contact_client on aftercare_contact (client_id, due_at);
      create index aftercare_contact_episode on aftercare_contact (episode_id);
      create table aftercare_contact_change (
        id uuid primary key,
        contact_id uuid not null references aftercare_contact,
        from_status text,
        to_status text not null,
        due_at timestamptz not null,
        at timestamptz not null
      );
      comment on table aftercare_contact_change is 'History of each contact after discharge; written once.';
      create index aftercare_contact_change_contact on aftercare_contact_change (contact_id, at);
      create trigger aftercare_contact_change_append_only before update or delete on aftercare_contact_change
        for each row execute function refuse_change();
      create table lost_contact (
        id uuid primary key,
        client_id uuid not null,
        stay_id uuid not null references stay,
        status text not null check (status in ('OPEN', 'AWAITING_REVIEW', 'LOST', 'TRYING_ON', 'WITHDRAWN')),
        opened_at timestamptz not null,
        attempt_ids uuid[] not null,
        reason text,
        tried jsonb not null,
        decided_at timestamptz,
        decided_by uuid,
        reviewed_at timestamptz,
        reviewed_by uuid,
        version integer not null,
        check ((decided_at is null) = (decided_by is null)),
        check ((reviewed_at is null) = (reviewed_by is null)),
        check (status not in ('AWAITING_REVIEW', 'LOST', 'TRYING_ON') or (decided_at is not null and reason is not null)),
        check (status <> 'LOST' or (reviewed_by is not null and reviewed_by <> decided_by))
      );
      comment on table lost_contact is 'Whether the contact with a client is lost: people decide it, and another person reviews it.';
      create unique index lost_contact_one_open on lost_contact (client_id) where status in ('OPEN', 'AWAITING_REVIEW');
      create index lost_contact_client on lost_contact (client_id, opened_at);
      create index lost_contact_stay on lost_contact (stay_id);
      create table lost_contact_step (
        id uuid primary key,
        decision_id uuid not null references lost_contact,
        to_status text not null,
        note text,
        done_by uuid not null,
        at timestamptz not null
      );
      comment on table lost_contact_step is 'Decisions and reviews of lost contacts; written once.';
      create index lost_contact_step_decision on lost_contact_step (decision_id, at);
      create trigger lost_contact_step_append_only before update or delete on lost_contact_step
        for each row execute function refuse_change();
      create table program_zone (id boolean primary key check (id), time_zone text not null);
      comment on table program_zone is 'Time zone of the last start; another one at a start moves what is still due.';
      grant select, insert on aftercare_contact, aftercare_contact_change, lost_contact, lost_contact_step, program_zone
        to treatment_app;
      grant update on aftercare_contact, lost_contact, program_zone to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'drop table program_zone, lost_contact_step, lost_contact, aftercare_contact_change, aftercare_contact',
    );
  }
}
