import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a colleague stands in for, and the waiting notes of a receiver, are found by an index. */
export class IndexSupervised1700000000031 implements MigrationInterface {
  readonly name = 'IndexSupervised1700000000031';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index staff_cover on staff (cover_id) where cover_id is not null;
      create index appreciation_note_to_moderate on appreciation_note (to_staff_id, submitted_at, id)
        where moderation in ('PENDING', 'ESCALATED')`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index staff_cover, appreciation_note_to_moderate');
  }
}
