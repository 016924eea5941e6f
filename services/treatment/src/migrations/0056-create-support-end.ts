import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSupportEnd1700000000056 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table support_end (
        id uuid primary key,
        client_id uuid not null,
        episode_id uuid not null references episode unique,
        ended_at timestamptz not null,
        ended_by uuid not null,
        evaluation jsonb not null,
        client_words text not null,
        call_anytime jsonb,
        satisfaction integer check (satisfaction between 1 and 5),
        satisfaction_comment text,
        satisfaction_declined boolean not null,
        referrer_agency_id uuid,
        check (satisfaction_declined = (satisfaction is null))
      );
      comment on table support_end is 'Ends of support after treatment, with evaluation and satisfaction; written once.';
      create index support_end_client on support_end (client_id, ended_at);
      create trigger support_end_append_only before update or delete on support_end
        for each row execute function refuse_change();
      grant select, insert on support_end to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table support_end');
  }
}
