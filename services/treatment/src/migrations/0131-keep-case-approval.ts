import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to close a case wait in the one list of a supervisor. Source: infra/reference/domain.md 8.4. */
export class KeepCaseApproval1700000000131 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table case_approval (
        case_id uuid primary key,
        client_id uuid not null,
        asked_at timestamptz not null,
        asked_by uuid
      );
      comment on table case_approval is 'Requests to close a case that wait for a supervisor; a copy of what the clients service says.';
      create index case_approval_client on case_approval (client_id);
      grant select, insert, update, delete on case_approval to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table case_approval');
  }
}
