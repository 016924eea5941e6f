import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CopyOpenCrises1700000000035 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table open_crisis (
        id uuid primary key,
        client_id uuid not null,
        level integer not null
      );
      comment on table open_crisis is 'Copy: crises whose danger is not over, from the facts of the treatment service.';
      create index open_crisis_client on open_crisis (client_id);
      do $$ begin
        execute 'grant select, insert, update, delete on open_crisis to '
          || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table open_crisis');
  }
}
