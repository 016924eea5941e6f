import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Measures are broken down by facts that clients and cases of before have not told yet: two timers tell them once, page by page. */
export class TellStrata1700000000140 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(job, '{"after": null}', job_key => job)
        from unnest(array['client.strata', 'case-file.program']) job;
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once.
  }
}
