import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The copies of other services have new columns: which staff are active, in which roles, and which agencies a client
 * blocks. A timer fills each row of them at the next start, so that nobody who is shut out goes on.
 */
export class TellLimits1700000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'staff.standing', json_build_object('staffId', id), job_key => 'staff.standing:' || id)
        from case_manager;
        perform graphile_worker.add_job(
          'client.restriction', json_build_object('clientId', id), job_key => 'client.restriction:' || id)
        from client
        where restrict_all or blocked_agency_ids <> '{}';
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once, and without their job they do nothing.
  }
}
