import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of notes hold up the end of a case, and treatment is told once who is qualified. */
export class BlockByNotes1700000000080 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table case_blocker drop constraint case_blocker_kind_check,
        add constraint case_blocker_kind_check
          check (kind in ('CRISIS', 'REFERRAL', 'DRAFT_REFERRAL', 'DRAFT_NOTE')) not valid;
      do $$
      begin
        if to_regclass('graphile_worker.jobs') is null then
          return;
        end if;
        perform graphile_worker.add_job(
          'staff.standing', json_build_object('staffId', id), job_key => 'staff.standing:' || id)
        from case_manager;
      end $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from case_blocker where kind = 'DRAFT_NOTE';
      alter table case_blocker drop constraint case_blocker_kind_check,
        add constraint case_blocker_kind_check check (kind in ('CRISIS', 'REFERRAL', 'DRAFT_REFERRAL'))`);
  }
}
