import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BeginFromRecommendation1700000000105 implements MigrationInterface {
  readonly contracts =
    'The index on the new column is partial, and no row is in it yet: writes of requests wait for one read of the table.';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table chosen_service (
        id uuid primary key,
        client_id uuid not null,
        need_id uuid,
        service_id uuid not null,
        match_points integer check (match_points between 0 and 100),
        declined_service_ids uuid[] not null
      );
      comment on table chosen_service is 'Copy: what clients chose among recommended services, from the facts of the treatment service.';
      alter table referral_request add column recommendation_id uuid;
      comment on column referral_request.recommendation_id is 'The recommendation of the treatment service that it was begun from.';
      create index referral_request_recommendation on referral_request (recommendation_id, created_at desc)
        where recommendation_id is not null;
      do $$ begin
        execute 'grant select, insert, update, delete on chosen_service to '
          || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table referral_request drop column recommendation_id; drop table chosen_service',
    );
  }
}
