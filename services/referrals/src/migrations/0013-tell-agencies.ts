import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other services keep a copy of the agencies from now on. A timer tells of those that are here already. */
export class TellAgencies1700000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is not null and exists (select from agency) then
          perform graphile_worker.add_job('agency.tell', '{"after": null}'::json, job_key => 'agency.tell');
        end if;
      end $$`);
  }

  async down(): Promise<void> {
    // The timer runs once, and without its job it does nothing.
  }
}
