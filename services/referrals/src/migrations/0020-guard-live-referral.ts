import type { MigrationInterface, QueryRunner } from 'typeorm';

const ENDED = `('COMPLETED', 'CLOSED_UNRESOLVED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ENTERED_IN_ERROR')`;

/** One live referral per client, kind of need and service; and the agencies that a client blocks. */
export class GuardLiveReferral1700000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table client_restriction add column blocked_agency_ids uuid[] not null default '{}';
      comment on column client_restriction.blocked_agency_ids is 'Agencies to which nothing about the client may go.';
      alter table referral add column twin boolean not null default false;
      comment on column referral.twin is
        'True for a referral of before this rule that has an older twin: the index that forbids twins leaves it out.';
      update referral r set twin = true
      where status not in ${ENDED} and exists (
        select 1 from referral o
        where o.client_id = r.client_id and o.need_category = r.need_category and o.service_id = r.service_id
          and o.status not in ${ENDED} and (o.created_at, o.id) < (r.created_at, r.id));
      create unique index referral_no_twin on referral (client_id, need_category, service_id)
        where not twin and status not in ${ENDED};`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index referral_no_twin;
      alter table referral drop column twin;
      alter table client_restriction drop column blocked_agency_ids;`);
  }
}
