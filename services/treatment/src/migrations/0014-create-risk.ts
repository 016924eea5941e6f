import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRisk1700000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table risk (
        id uuid primary key,
        client_id uuid not null unique,
        tier text not null check (tier in ('MONITOR', 'LOW', 'MODERATE', 'HIGH', 'CRISIS')),
        computed_tier text not null check (computed_tier in ('MONITOR', 'LOW', 'MODERATE', 'HIGH', 'CRISIS')),
        points integer not null check (points >= 0),
        drivers jsonb not null,
        override jsonb,
        override_drivers text[] not null,
        proposed jsonb,
        review_due_on date,
        computed_at timestamptz not null,
        version integer not null,
        check (override is not null or tier = computed_tier)
      );
      comment on table risk is 'The tier of each client with its drivers. Version 0: nothing was computed yet.';
      create table risk_change (
        id uuid primary key,
        risk_id uuid not null references risk,
        client_id uuid not null,
        from_tier text,
        to_tier text not null,
        points integer not null,
        driver_codes text[] not null,
        set_by uuid,
        at timestamptz not null
      );
      comment on table risk_change is 'History of the tiers; written once.';
      create index risk_change_risk on risk_change (risk_id, at);
      create trigger risk_change_append_only before update or delete on risk_change
        for each row execute function refuse_change();
      grant select, insert on risk, risk_change to treatment_app;
      grant update (tier, computed_tier, points, drivers, override, override_drivers, proposed, review_due_on,
                    computed_at, version) on risk to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table risk_change, risk');
  }
}
