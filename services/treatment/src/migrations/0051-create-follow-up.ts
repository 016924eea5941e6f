import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFollowUp1700000000051 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table visit (
        id uuid primary key,
        client_id uuid not null,
        setting text not null,
        reasons text[] not null,
        at timestamptz not null,
        medication boolean not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null
      );
      comment on table visit is 'Visits to services without a bed; written once.';
      create index visit_client on visit (client_id, at);
      create table follow_up_obligation (
        id uuid primary key,
        client_id uuid not null,
        kind text not null,
        source_type text not null check (source_type in ('Stay', 'Visit', 'Episode')),
        source_id uuid not null,
        episode_id uuid references episode,
        triggered_at timestamptz not null,
        recorded_at timestamptz not null,
        window_opens_on date not null,
        due_on date not null,
        due_at timestamptz not null,
        required integer not null check (required > 0),
        satisfied_by jsonb not null,
        status text not null check (status in ('OPEN', 'MET', 'MISSED', 'EXCLUDED', 'CANCELLED')),
        excluded_for text,
        opened_at timestamptz not null,
        version integer not null,
        unique (source_id, kind),
        check ((status = 'EXCLUDED') = (excluded_for is not null)),
        check (due_on >= window_opens_on)
      );
      comment on table follow_up_obligation is 'Follow-ups that events ask for; never removed.';
      create index follow_up_obligation_client on follow_up_obligation (client_id, due_at);
      create index follow_up_obligation_episode on follow_up_obligation (episode_id);
      create table follow_up_change (
        id uuid primary key,
        obligation_id uuid not null references follow_up_obligation,
        from_status text,
        to_status text not null,
        due_on date not null,
        at timestamptz not null
      );
      comment on table follow_up_change is 'History of each obligation; written once.';
      create index follow_up_change_obligation on follow_up_change (obligation_id, at);
      create trigger follow_up_change_append_only before update or delete on follow_up_change
        for each row execute function refuse_change();
      create table follow_up_evidence (
        id uuid primary key,
        client_id uuid not null,
        type text not null check (type in ('CONTACT', 'REFERRAL', 'DEATH')),
        at timestamptz not null,
        counts boolean not null
      );
      comment on table follow_up_evidence is 'Copy of contacts, referrals and deaths that other services tell.';
      create index follow_up_evidence_client on follow_up_evidence (client_id);
      grant select, insert on visit, follow_up_obligation, follow_up_change, follow_up_evidence to treatment_app;
      grant update on follow_up_obligation, follow_up_evidence to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table follow_up_evidence, follow_up_change, follow_up_obligation, visit');
  }
}
