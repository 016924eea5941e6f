import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works on a case in addition to the primary case manager, and who stands in for a person on leave. */
export class KeepCareTeam1700000020009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table care_member (
        client_id uuid not null,
        case_id uuid not null,
        staff_id uuid not null,
        role text not null,
        primary key (client_id, case_id, staff_id, role)
      );
      comment on table care_member is 'Copy of the roles on a case that are not the primary one; they count while the case is open.';
      create index care_member_staff on care_member (staff_id, client_id);
      alter table staff_standing add column cover_id uuid;
      comment on column staff_standing.cover_id is 'Who stands in now, while the person is on leave.';
      create index staff_standing_cover on staff_standing (cover_id) where cover_id is not null;
      do $$ begin
        execute 'grant select, insert, update, delete on care_member to '
          || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table care_member; alter table staff_standing drop column cover_id');
  }
}
