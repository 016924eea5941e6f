import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Care in place of the care team: who registered a client, whether the case waits in the queue, and what the staff
 * record says. Rows that exist know the queue only; a rebuild of the projection `care` fills in the rest.
 */
export class KeepCare1700000020001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table care_team rename to care;
      alter table care alter column case_id drop not null;
      alter table care add column registered_by text, add column queued boolean not null default false;
      update care set queued = case_manager_id is null;
      alter table care alter column queued drop default;
      comment on table care is 'Copy of who works with a client, fed by facts of the clients service.';
      alter index care_team_pkey rename to care_pkey;
      alter index care_team_case_manager rename to care_case_manager;
      alter index care_team_supervisor rename to care_supervisor;
      alter table care_team_staff rename to staff_standing;
      alter index care_team_staff_pkey rename to staff_standing_pkey;
      alter table staff_standing add column roles text[], add column active boolean not null default true;
      alter table staff_standing alter column active drop default;
      comment on table staff_standing is 'Supervisor, roles and activity of a member of staff, as the last staff record says.';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staff_standing drop column roles, drop column active;
      alter index staff_standing_pkey rename to care_team_staff_pkey;
      alter table staff_standing rename to care_team_staff;
      alter index care_supervisor rename to care_team_supervisor;
      alter index care_case_manager rename to care_team_case_manager;
      alter index care_pkey rename to care_team_pkey;
      delete from care where case_id is null;
      alter table care drop column registered_by, drop column queued, alter column case_id set not null;
      alter table care rename to care_team;`);
  }
}
