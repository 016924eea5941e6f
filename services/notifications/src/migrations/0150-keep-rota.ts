import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On-call rotas, and chains of escalation that a program chose. */
export class KeepRota1700000000150 implements MigrationInterface {
  readonly name = 'KeepRota1700000000150';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table on_call_rota (
        id uuid primary key,
        name text not null check (length(name) between 1 and 80),
        starts_on date not null,
        hand_over_at text not null check (hand_over_at ~ '^[0-2][0-9]:[0-5][0-9]$'),
        turn_days integer not null check (turn_days between 1 and 28),
        staff_ids uuid[] not null check (cardinality(staff_ids) between 1 and 50),
        time_zone text not null,
        ended_at timestamptz,
        planned_by uuid not null,
        version integer not null
      );
      comment on table on_call_rota is 'Clinicians who are on call in turns; a turn follows from the first day, the time of hand-over and the zone.';
      create index on_call_rota_open on on_call_rota (id) where ended_at is null;
      create table escalation_policy (
        id uuid primary key,
        code text not null unique,
        steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 1 and 8),
        changed_by uuid not null,
        changed_at timestamptz not null,
        version integer not null
      );
      comment on table escalation_policy is 'The chain of a code that the program chose; without a row the chain of the catalogue counts.';
      alter table escalation add column steps jsonb;
      comment on column escalation.steps is 'The chain of this alert as it was when it was opened; null: that of the catalogue.';
      do $$
      declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      begin
        execute 'grant select, insert on on_call_rota, escalation_policy to ' || app;
        execute 'grant update (staff_ids, ended_at, version) on on_call_rota to ' || app;
        execute 'grant update (steps, changed_by, changed_at, version) on escalation_policy to ' || app;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table escalation drop column steps; drop table escalation_policy, on_call_rota',
    );
  }
}
