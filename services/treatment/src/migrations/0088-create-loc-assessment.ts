import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A signed assessment never changes, whatever writes it. */
export class CreateLocAssessment1700000000088 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table loc_assessment (
        id uuid primary key,
        client_id uuid not null,
        edition integer not null check (edition in (3, 4)),
        ratings jsonb not null,
        recommended text,
        actual text,
        co_occurring_enhanced boolean not null,
        discrepancy text,
        discrepancy_note text,
        assessed_on date not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null,
        signed_at timestamptz,
        signed_by uuid,
        credential text,
        supersedes uuid references loc_assessment (id),
        version integer not null,
        check ((signed_at is null) = (signed_by is null)),
        check ((signed_at is null) = (credential is null)),
        check (signed_at is null or recommended is not null),
        check (signed_at is null or actual is null or actual = recommended or discrepancy is not null)
      );
      comment on table loc_assessment is 'Assessments of the level of care by ASAM; a correction of a signed one is a new row.';
      create index loc_assessment_client on loc_assessment (client_id, recorded_at desc, id desc);
      create unique index loc_assessment_draft on loc_assessment (client_id) where signed_at is null;
      create unique index loc_assessment_correction on loc_assessment (supersedes) where supersedes is not null;
      create trigger loc_assessment_signed before update on loc_assessment
        for each row when (old.signed_at is not null) execute function refuse_change();
      create trigger loc_assessment_kept before delete on loc_assessment
        for each row execute function refuse_change();
      grant select, insert, update on loc_assessment to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table loc_assessment');
  }
}
