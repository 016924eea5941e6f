import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_RESPONDER } from '../responder.ts';

/** Who took a crisis over, in services that keep a copy of `Care`. */
export class KeepResponder1700000020011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CREATE_RESPONDER);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table care_responder');
  }
}
