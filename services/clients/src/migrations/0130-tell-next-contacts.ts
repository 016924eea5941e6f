import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Treatment puts contacts that are due into the day of a person. A timer tells the due date of each case that has one, at
 * the next start. Source: infra/reference/domain.md 8.4.
 */
export class TellNextContacts1700000000130 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'case.next-contact', json_build_object('caseId', id), job_key => 'case.next-contact:' || id)
        from case_file where next_contact_due_at is not null;
      end $$`);
  }

  async down(): Promise<void> {
    // The timers run once, and without their job they do nothing.
  }
}
