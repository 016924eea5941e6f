import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients who were registered before age groups were told: a timer tells each of them at the next start. */
export class TellAgeGroups1700000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'client.age-group',
          json_build_object('clientId', id, 'ageGroup', null),
          job_key => 'client.age-group:' || id)
        from client
        where date_of_birth is not null or stated_age_band is not null;
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once, and without their job they do nothing.
  }
}
