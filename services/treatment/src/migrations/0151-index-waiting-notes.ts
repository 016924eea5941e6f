import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A supervisor reads the notes that wait, of all clients of the team; without a lock on the notes while it is built. */
export class IndexWaitingNotes1700000000151 implements MigrationInterface {
  readonly name = 'IndexWaitingNotes1700000000151';
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index concurrently if exists progress_note_client_waiting');
    await queryRunner.query(`
      create index concurrently progress_note_client_waiting on progress_note (client_id)
        where status = 'AWAITING_COSIGNATURE'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index progress_note_client_waiting');
  }
}
