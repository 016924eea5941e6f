import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every cause of another caseload is a change of one of these tables, whichever command writes it. So the tables schedule
 * the job that computes it: once for each transaction and member of staff, and without waiting for other transactions.
 */
export class AwaitCaseload1700000000046 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [BAND, AWAIT, OF_ASSIGNMENT, OF_CASE, OF_STAFF])
      await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger caseload_of_assignment on assignment;
      drop trigger caseload_of_case on case_file;
      drop trigger caseload_of_client on client;
      drop trigger caseload_of_modifier on case_modifier;
      drop trigger caseload_of_staff on case_manager;
      drop function await_caseload_of_assignment; drop function await_caseload_of_case;
      drop function await_caseload_of_client; drop function await_caseload_of_modifier;
      drop function await_caseload_of_staff; drop function await_caseload;
      drop index case_manager_team;
      drop table caseload_band;`);
  }
}

const BAND = `
  create table caseload_band (
    staff_id uuid primary key references case_manager (id),
    band text not null check (band in ('OK', 'WARNING', 'OVER')),
    told_at timestamptz
  );
  comment on table caseload_band is 'Band of a caseload that was told last, so that only a change is told.';
  grant select, insert, update on caseload_band to clients_app;
  create index case_manager_team on case_manager (supervisor_id, lower(name), id) where active;`;

const AWAIT = `
  create function await_caseload(staff uuid) returns void language plpgsql as $$
  begin
    if staff is null or to_regclass('graphile_worker.jobs') is null then
      return;
    end if;
    perform graphile_worker.add_job('caseload.band', json_build_object('staffId', staff),
      job_key => 'caseload.band:' || staff || ':' || txid_current());
  end $$;`;

const OF_ASSIGNMENT = `
  create function await_caseload_of_assignment() returns trigger language plpgsql as $$
  begin
    perform await_caseload(new.case_manager_id);
    return null;
  end $$;
  create trigger caseload_of_assignment after insert or update of ended_at, case_manager_id on assignment
    for each row when (new.role = 'PRIMARY') execute function await_caseload_of_assignment();`;

const primaryOf = (column: 'case_id' | 'client_id', value: string) => `
  begin
    perform await_caseload(case_manager_id) from assignment
      where ${column} = ${value} and role = 'PRIMARY' and ended_at is null;
    return null;
  end`;

const OF_CASE = `
  create function await_caseload_of_case() returns trigger language plpgsql as $$ ${primaryOf('case_id', 'new.id')} $$;
  create trigger caseload_of_case after update of status, risk_tier on case_file
    for each row when (old.status <> new.status or old.risk_tier <> new.risk_tier)
    execute function await_caseload_of_case();

  create function await_caseload_of_client() returns trigger language plpgsql as $$ ${primaryOf('client_id', 'new.id')} $$;
  create trigger caseload_of_client
    after update of living_situation, interpreter_needed, safe_address, populations on client
    for each row when ((old.living_situation, old.interpreter_needed, old.safe_address, old.populations)
      is distinct from (new.living_situation, new.interpreter_needed, new.safe_address, new.populations))
    execute function await_caseload_of_client();

  create function await_caseload_of_modifier() returns trigger language plpgsql as $$
    ${primaryOf('case_id', 'new.case_id')} $$;
  create trigger caseload_of_modifier after insert or update of modifiers on case_modifier
    for each row execute function await_caseload_of_modifier();`;

const OF_STAFF = `
  create function await_caseload_of_staff() returns trigger language plpgsql as $$
  begin
    perform await_caseload(new.id);
    return null;
  end $$;
  create trigger caseload_of_staff after update of fte, program_code, away on case_manager
    for each row when ((old.fte, old.program_code, old.away) is distinct from (new.fte, new.program_code, new.away))
    execute function await_caseload_of_staff();`;
