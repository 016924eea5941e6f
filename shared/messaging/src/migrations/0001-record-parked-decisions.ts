import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decided about parked facts becomes a record of its own, to which the app role can only add. */
export class RecordParkedDecisions1700000000900 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [TABLE, MOVE, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table parked_message add decided_at timestamptz, add decided_by text;
      update parked_message p set decided_at = d.decided_at, decided_by = d.decided_by
        from parked_message_decision d where d.parked_message_id = p.id;
      drop table parked_message_decision`);
  }
}

const TABLE = `
  create table parked_message_decision (
    id bigint generated always as identity primary key,
    parked_message_id uuid not null references parked_message,
    decision text not null check (decision in ('RETRY', 'DROP')),
    reason text not null check (length(reason) between 1 and 500),
    decided_by text not null,
    decided_at timestamptz not null default now()
  );
  comment on table parked_message_decision is 'Who had a parked fact tried again or given up, when and why. Only added to.';
  create index parked_message_decision_of on parked_message_decision (parked_message_id);`;

const MOVE = `
  insert into parked_message_decision (parked_message_id, decision, reason, decided_by, decided_at)
  select id, case when state = 'DROPPED' then 'DROP' else 'RETRY' end, 'decided before reasons were kept', decided_by, decided_at
  from parked_message where decided_by is not null;
  alter table parked_message drop column decided_at, drop column decided_by;
  comment on table parked_message is
    'state WAITING: will be tried again. PARKED: a person must decide. HELD: behind another of its key. RETRIED: handled after all. DROPPED: given up, see parked_message_decision.';`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select, insert on parked_message_decision to ' || app;
  end $$;`;
