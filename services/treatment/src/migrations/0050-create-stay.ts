import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStay1700000000050 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table stay (
        id uuid primary key,
        episode_id uuid not null references episode,
        client_id uuid not null,
        setting text not null,
        level_of_care text,
        asam_edition integer check (asam_edition in (3, 4)),
        facility_name text,
        reasons text[] not null,
        planned boolean not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        discharge_type text,
        end_reason text,
        to_hospice boolean not null,
        discharge_recorded_at timestamptz,
        readmission_of_id uuid references stay,
        version integer not null,
        check (ended_at >= started_at),
        check ((discharge_type is null) = (end_reason is null)),
        check ((discharge_type is null) = (discharge_recorded_at is null)),
        check (discharge_type is null or ended_at is not null)
      );
      comment on table stay is 'Time in one setting at one level of care; never removed.';
      comment on column stay.discharge_type is 'Null when the treatment went on at another level.';
      create unique index stay_one_open on stay (episode_id) where ended_at is null;
      create index stay_episode on stay (episode_id, started_at);
      create index stay_client on stay (client_id, started_at);
      create index stay_readmission on stay (readmission_of_id) where readmission_of_id is not null;
      create table discharge_correction (
        id uuid primary key,
        stay_id uuid not null references stay,
        from_time timestamptz not null,
        to_time timestamptz not null,
        reason text not null,
        corrected_by uuid not null,
        at timestamptz not null
      );
      comment on table discharge_correction is 'Discharge times of before; written once.';
      create index discharge_correction_stay on discharge_correction (stay_id, at);
      create trigger discharge_correction_append_only before update or delete on discharge_correction
        for each row execute function refuse_change();
      create table outcome_data (
        id uuid primary key,
        episode_id uuid not null references episode,
        client_id uuid not null,
        moment text not null check (moment in ('ADMISSION', 'DISCHARGE')),
        content jsonb not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null
      );
      comment on table outcome_data is 'Answers at admission and at discharge; the last sheet of a moment counts.';
      create index outcome_data_episode on outcome_data (episode_id, moment, recorded_at desc, id desc);
      create trigger outcome_data_append_only before update or delete on outcome_data
        for each row execute function refuse_change();
      grant select, insert on stay, discharge_correction, outcome_data to treatment_app;
      grant update (ended_at, discharge_type, end_reason, to_hospice, discharge_recorded_at, version) on stay
        to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table outcome_data, discharge_correction, stay');
  }
}
