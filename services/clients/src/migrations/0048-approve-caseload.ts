import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case manager who registers a person while the own caseload is full: the assignment waits for the supervisor. */
export class ApproveCaseload1700000000048 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table assignment add column needs_approval boolean not null default false;
      comment on column assignment.needs_approval is
        'The caseload was OVER when the case manager registered the person; a supervisor has not approved it yet.';
      create index assignment_unapproved on assignment (case_manager_id, started_at) where needs_approval;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table assignment drop column needs_approval');
  }
}
