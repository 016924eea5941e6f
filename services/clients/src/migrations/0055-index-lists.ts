import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists that have ended entries, too: cancelled absences, and households that a client has left. */
export class IndexLists1700000000055 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index staff_leave_list on staff_leave (staff_id, starts_on, id);
      create index household_member_list on household_member (client_id, joined_at desc, id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index staff_leave_list, household_member_list');
  }
}
