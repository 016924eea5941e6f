import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a client may be contacted: every attempt to reach a client looks here. */
export class KeepClientRules1700000000045 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table client_rule (
        client_id uuid primary key,
        contact_prohibited boolean not null,
        allowed_methods text[] not null,
        may_be_left boolean not null,
        may_mention_program boolean not null,
        deceased boolean not null
      );
      comment on table client_rule is 'Copy of how a client may be contacted, fed by facts of the clients service.';
      comment on column client_rule.allowed_methods is 'CALL, TEXT, EMAIL, IN_PERSON or MAIL; empty: none was named.';
      grant select, insert, update, delete on client_rule to notifications_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table client_rule');
  }
}
