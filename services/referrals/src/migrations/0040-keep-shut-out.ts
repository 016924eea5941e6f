import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agency cannot give back what the program took away. */
export class KeepShutOut1700000000040 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table partner_principal
        add column shut_out_by_program boolean not null default false,
        add column roles_taken_away text[] not null default '{}';
      comment on column partner_principal.shut_out_by_program is 'Set and lifted by staff only.';
      comment on column partner_principal.roles_taken_away is 'Roles that staff took away; only staff give them back.';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table partner_principal drop column shut_out_by_program, drop column roles_taken_away',
    );
  }
}
