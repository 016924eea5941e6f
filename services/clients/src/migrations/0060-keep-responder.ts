import { CREATE_RESPONDER } from '@throughline/care';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who took a crisis over reads the client until the danger is over. */
export class KeepResponder1700000000060 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CREATE_RESPONDER);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table care_responder');
  }
}
