import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each change of a member of staff's standing is told to the processes that keep it in memory. */
export class TellStanding1700000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function tell_standing() returns trigger language plpgsql as $$
      begin
        perform pg_notify('standing', new.id::text);
        return null;
      end $$;
      create trigger standing_told after insert or update on case_manager
        for each row execute function tell_standing();`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger standing_told on case_manager; drop function tell_standing;');
  }
}
