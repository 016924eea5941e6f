import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCareTransition1700000000054 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table care_transition (
        id uuid primary key,
        client_id uuid not null,
        episode_id uuid not null references episode,
        from_stay_id uuid references stay,
        to_setting text not null,
        receiver_name text not null,
        referral_id uuid,
        reason text not null,
        hand_off text not null check (hand_off in ('WARM', 'PACKET', 'NONE')),
        planned_for date not null,
        first_appointment_at timestamptz,
        status text not null check (status in ('PLANNED', 'IN_TRANSIT', 'ARRIVED', 'COMPLETED', 'FAILED')),
        confirmations jsonb not null,
        packet_sent_at timestamptz,
        packet_disclosure_id uuid,
        left_at timestamptz,
        arrived_at timestamptz,
        arrival_told_by text,
        ended_at timestamptz,
        failed_reason text,
        version integer not null,
        check ((status in ('COMPLETED', 'FAILED')) = (ended_at is not null)),
        check ((status = 'FAILED') = (failed_reason is not null)),
        check (status not in ('ARRIVED', 'COMPLETED') or arrived_at is not null),
        check (arrival_told_by is null or arrived_at is not null),
        check (status <> 'COMPLETED' or hand_off <> 'WARM' or jsonb_array_length(confirmations) = 3)
      );
      comment on table care_transition is 'Transitions from one setting to another; nobody has arrived until somebody says so.';
      create unique index care_transition_one_open on care_transition (episode_id)
        where status in ('PLANNED', 'IN_TRANSIT');
      create index care_transition_client on care_transition (client_id, planned_for);
      create index care_transition_episode on care_transition (episode_id, planned_for);
      create index care_transition_stay on care_transition (from_stay_id);
      create index care_transition_referral on care_transition (referral_id);
      create table referral_standing (
        referral_id uuid primary key,
        client_id uuid not null,
        accepted_at timestamptz,
        started_at timestamptz,
        ended_at timestamptz,
        disclosed_at timestamptz,
        disclosure_id uuid
      );
      comment on table referral_standing is 'Copy of what referrals tell, for the transitions that they belong to.';
      grant select, insert, update on care_transition, referral_standing to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table referral_standing, care_transition');
  }
}
