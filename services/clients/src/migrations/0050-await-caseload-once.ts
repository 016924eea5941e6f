import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A transaction that changes a thousand cases of one person schedules the job once, and not once for each case. */
export class AwaitCaseloadOnce1700000000050 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace function await_caseload(staff uuid) returns void language plpgsql as $$
      declare
        told text := coalesce(current_setting('throughline.caseload_told', true), '');
      begin
        if staff is null or to_regclass('graphile_worker.jobs') is null or position(staff::text in told) > 0 then
          return;
        end if;
        perform set_config('throughline.caseload_told', told || staff || ' ', true);
        perform graphile_worker.add_job('caseload.band', json_build_object('staffId', staff),
          job_key => 'caseload.band:' || staff || ':' || txid_current());
      end $$;
      create index assignment_past_primary on assignment (client_id, case_manager_id)
        where role = 'PRIMARY' and ended_at is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index assignment_past_primary;
      create or replace function await_caseload(staff uuid) returns void language plpgsql as $$
      begin
        if staff is null or to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job('caseload.band', json_build_object('staffId', staff),
          job_key => 'caseload.band:' || staff || ':' || txid_current());
      end $$;`);
  }
}
