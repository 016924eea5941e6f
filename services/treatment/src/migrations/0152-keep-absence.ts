import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who comes back reads what happened in exactly the time of the absence. Source: infra/reference/domain.md 6.5. */
export class KeepAbsence1700000000152 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table absence (
        id uuid primary key,
        staff_id uuid not null,
        cover_id uuid,
        began_at timestamptz not null,
        ended_at timestamptz,
        check (ended_at >= began_at)
      );
      comment on table absence is 'When members of staff were away and who stood in; a copy of what the clients service says.';
      create unique index absence_lasting on absence (staff_id) where ended_at is null;
      create index absence_staff on absence (staff_id, began_at desc, id desc);
      grant select, insert, update, delete on absence to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table absence');
  }
}
