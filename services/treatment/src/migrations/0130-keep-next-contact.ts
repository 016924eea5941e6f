import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The day of a person is one list, contacts included. Source: infra/reference/domain.md 8.4. */
export class KeepNextContact1700000000130 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table next_contact (
        case_id uuid primary key,
        client_id uuid not null,
        due_at timestamptz not null
      );
      comment on table next_contact is 'When the next contact of a case is due; a copy of what the clients service says.';
      create index next_contact_client on next_contact (client_id, due_at);
      grant select, insert, update, delete on next_contact to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table next_contact');
  }
}
