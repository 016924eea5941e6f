import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is away and who stands in, and notifications about staff themselves: their caseload and their credentials. */
export class KeepAbsence1700000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staff add column away boolean not null default false, add column cover_id uuid;
      comment on column staff.away is 'On leave now: notifications go to the cover, else up the line.';
      alter table notification drop constraint notification_subject_type_check;
      alter table notification add constraint notification_subject_type_check
        check (subject_type ~ '^[A-Z][A-Za-z]{1,39}$');`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staff drop column away, drop column cover_id;
      delete from notification where subject_type in ('Credential', 'StaffMember');
      alter table notification drop constraint notification_subject_type_check;
      alter table notification add constraint notification_subject_type_check
        check (subject_type in ('Agency', 'CaseFile', 'Client', 'Consent', 'Referral', 'Screening'));`);
  }
}
