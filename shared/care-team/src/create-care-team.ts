import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of shared/care-team; second in the list of migrations of a service that uses it. */
export class CreateCareTeam1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table care_team (
        client_id uuid primary key,
        case_id uuid not null,
        case_open boolean not null,
        case_manager_id uuid,
        supervisor_id uuid
      );
      comment on table care_team is 'Local copy of assignments, fed by facts of the clients service.';
      create index care_team_case_manager on care_team (case_manager_id, client_id);
      create index care_team_supervisor on care_team (supervisor_id, client_id);
      create table care_team_staff (
        staff_id uuid primary key,
        supervisor_id uuid
      );
      comment on table care_team_staff is 'Who supervises whom, as the last staff record says.';
      do $$ begin
        execute 'grant select, insert, update on care_team, care_team_staff to '
          || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table care_team_staff, care_team');
  }
}
