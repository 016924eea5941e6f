import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCrisisAlert1700000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table crisis_alert (
        id uuid primary key,
        client_id uuid not null,
        level integer not null check (level between 1 and 3),
        cause text not null,
        state text not null check (state in
          ('OPEN', 'ACKNOWLEDGED', 'IN_RESPONSE', 'STABILISED', 'HANDED_OFF', 'CLIENT_NOT_LOCATED', 'REVIEWED')),
        screening_id uuid,
        opened_at timestamptz not null,
        opened_by uuid,
        acknowledge_by timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by uuid,
        responded_by uuid,
        resolved_at timestamptz,
        handed_off_to text,
        reviewed_at timestamptz,
        reviewed_by uuid,
        version integer not null,
        check ((acknowledged_at is null) = (acknowledged_by is null)),
        check ((state = 'OPEN') = (acknowledged_at is null)),
        check ((state = 'REVIEWED') = (reviewed_by is not null))
      );
      comment on table crisis_alert is 'Crises; never removed. Who acknowledged one does not change any more.';
      create unique index crisis_alert_open on crisis_alert (client_id, cause, level)
        where state in ('OPEN', 'ACKNOWLEDGED', 'IN_RESPONSE', 'CLIENT_NOT_LOCATED');
      create index crisis_alert_client on crisis_alert (client_id, opened_at);
      create table crisis_step (
        id uuid primary key,
        alert_id uuid not null references crisis_alert,
        from_state text,
        to_state text not null,
        done_by uuid,
        at timestamptz not null,
        note text
      );
      comment on table crisis_step is 'History of each crisis; written once.';
      create index crisis_step_alert on crisis_step (alert_id, at);
      create trigger crisis_step_append_only before update or delete on crisis_step
        for each row execute function refuse_change();
      grant select, insert on crisis_alert, crisis_step to treatment_app;
      grant update (state, acknowledged_at, acknowledged_by, responded_by, resolved_at, handed_off_to,
                    reviewed_at, reviewed_by, version) on crisis_alert to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table crisis_step, crisis_alert');
  }
}
