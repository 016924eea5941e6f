import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReturnToUse1700000000055 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table return_to_use (
        id uuid primary key,
        client_id uuid not null,
        episode_id uuid not null references episode,
        used_on date not null,
        substance text not null,
        severity text not null check (severity in ('LAPSE', 'RELAPSE')),
        source text not null,
        was_overdose boolean not null,
        safety_actions text[] not null check (cardinality(safety_actions) > 0),
        plan_change text not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null
      );
      comment on table return_to_use is 'Returns to use, with what was done for safety and what changed; written once.';
      create index return_to_use_client on return_to_use (client_id, used_on);
      create index return_to_use_episode on return_to_use (episode_id, used_on);
      create trigger return_to_use_append_only before update or delete on return_to_use
        for each row execute function refuse_change();
      alter table aftercare_plan add column cloned_from_id uuid;
      comment on column aftercare_plan.cloned_from_id is 'The plan of the former stay, after a readmission.';
      alter table aftercare_plan add column receivers jsonb not null default '[]';
      comment on column aftercare_plan.receivers is 'Who gets the plan or a part of it; each needs a consent.';
      create table consent_copy (
        consent_id uuid primary key,
        client_id uuid not null,
        recipient_agency_ids uuid[] not null,
        recipient_classes text[] not null,
        in_force boolean not null,
        version integer not null
      );
      comment on table consent_copy is 'Copy of consents, for the receivers of plans.';
      create index consent_copy_client on consent_copy (client_id);
      grant select, insert on return_to_use to treatment_app;
      grant select, insert, update, delete on consent_copy to treatment_app;
      grant update (leaves_on, receivers) on aftercare_plan to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table aftercare_plan drop column cloned_from_id, drop column receivers; drop table consent_copy, return_to_use',
    );
  }
}
