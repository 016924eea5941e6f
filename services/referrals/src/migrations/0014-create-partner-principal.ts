import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record is never removed: who was shut out stays shut out. */
export class CreatePartnerPrincipal1700000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table partner_principal (
        id uuid primary key,
        agency_id uuid not null references agency (id),
        subject text not null,
        name text not null,
        roles text[] not null,
        active boolean not null,
        version integer not null,
        unique (agency_id, subject)
      );
      comment on table partner_principal is 'People and systems of partner agencies; a record takes access or roles away from a token.';
      comment on column partner_principal.subject is 'The sub of the token.';
      grant select, insert, update on partner_principal to referrals_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table partner_principal');
  }
}
