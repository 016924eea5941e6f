import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two equal needs, or two equal consents in force, are one that was sent twice. */
export class GuardEqualRows1700000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(NEED);
    await queryRunner.query(CONSENT);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index need_one_per_category;
      alter table consent drop column content_hash;`);
  }
}

/** Of needs that stand twice already the oldest stays open. */
const NEED = `
  update need set status = 'DECLINED', version = version + 1
  where status in ('OPEN', 'IN_PROGRESS') and exists (
    select from need older
    where older.case_id = need.case_id and older.category = need.category
      and older.status in ('OPEN', 'IN_PROGRESS') and older.id < need.id);
  create unique index need_one_per_category on need (case_id, category) where status in ('OPEN', 'IN_PROGRESS');`;

/** Consents from before this release count as different from each other. */
const CONSENT = `
  alter table consent add column content_hash text;
  update consent set content_hash = id::text;
  alter table consent alter column content_hash set not null;
  create unique index consent_one_alike on consent (client_id, content_hash) where status = 'ACTIVE';
  comment on column consent.content_hash is 'SHA-256 of all that was signed.';`;
