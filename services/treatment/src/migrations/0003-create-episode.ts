import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEpisode1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table episode (
        id uuid primary key,
        client_id uuid not null,
        case_id uuid not null,
        kind text not null check (kind in ('SUD', 'MH', 'CO_OCCURRING')),
        phase text not null check (phase in (
          'INQUIRY', 'ENGAGEMENT', 'AWAITING_ADMISSION', 'ADMITTED', 'STABILISATION', 'ACTIVE', 'STEP_DOWN',
          'CONTINUING_CARE', 'MONITORING', 'ENDED')),
        referral_source text,
        date_of_first_contact date,
        date_first_appointment_offered date,
        admitted_at timestamptz,
        started_at timestamptz not null,
        ended_at timestamptz,
        discharge_type text,
        end_reason text,
        version integer not null,
        check ((phase = 'ENDED') = (ended_at is not null)),
        check ((ended_at is null) = (end_reason is null) and (ended_at is null) = (discharge_type is null))
      );
      create unique index episode_one_open on episode (client_id) where ended_at is null;
      create index episode_client on episode (client_id, started_at desc);
      grant select, insert, update on episode to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table episode`);
  }
}
