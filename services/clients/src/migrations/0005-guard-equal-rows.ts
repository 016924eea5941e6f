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
      alter table need drop column twin;
      alter table consent drop column content_hash;`);
  }
}

/** Needs that stand twice already stay as they are: which of them is true only their case manager knows. */
const NEED = `
  alter table need add column twin boolean not null default false;
  comment on column need.twin is
    'True for a need of before this rule that has an older twin: the index that forbids twins leaves it out.';
  update need set twin = true
  where status in ('OPEN', 'IN_PROGRESS') and exists (
    select from need older
    where older.case_id = need.case_id and older.category = need.category
      and older.status in ('OPEN', 'IN_PROGRESS') and older.id < need.id);
  create unique index need_one_per_category on need (case_id, category)
    where not twin and status in ('OPEN', 'IN_PROGRESS');`;

/** Consents without a hash are from before this release. They count as different from each other. */
const CONSENT = `
  alter table consent add column content_hash text;
  create unique index consent_one_alike on consent (client_id, content_hash) where status = 'ACTIVE';
  comment on column consent.content_hash is 'SHA-256 of all that was signed; null for a consent of before this rule.';`;
