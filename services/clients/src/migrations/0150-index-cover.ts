import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the absences in which somebody stands in, without a lock on the table while it is built. */
export class IndexCover1700000000150 implements MigrationInterface {
  readonly name = 'IndexCover1700000000150';
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index concurrently if exists staff_leave_cover');
    await queryRunner.query(`
      create index concurrently staff_leave_cover on staff_leave (cover_id, starts_on, id)
        where cover_id is not null`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index staff_leave_cover');
  }
}
