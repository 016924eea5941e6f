import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Moving many cases of one case manager to others: long work that can be looked at and goes on after a crash. */
export class ReassignCases1700000000049 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table reassignment (
        id uuid primary key,
        from_staff_id uuid not null references case_manager (id),
        reason text not null,
        over_reason text,
        status text not null check (status in ('RUNNING', 'DONE')),
        requested_by uuid not null,
        requested_at timestamptz not null,
        finished_at timestamptz,
        correlation_id text not null,
        version integer not null,
        check ((status = 'DONE') = (finished_at is not null))
      );
      comment on table reassignment is 'One command that moves many cases; its items say what happened to each.';
      create unique index reassignment_one_running on reassignment (from_staff_id) where status = 'RUNNING';

      create table reassignment_item (
        reassignment_id uuid not null references reassignment (id),
        position integer not null,
        case_id uuid not null,
        client_id uuid not null,
        to_staff_id uuid,
        state text not null check (state in ('PENDING', 'MOVED', 'REFUSED', 'SKIPPED')),
        code text,
        primary key (reassignment_id, position),
        unique (reassignment_id, case_id)
      );
      comment on table reassignment_item is 'SKIPPED: the case was closed or had another case manager when its turn came. Without references, which would lock all of them while the plan is written.';
      create index reassignment_item_pending on reassignment_item (reassignment_id, position) where state = 'PENDING';
      grant select, insert, update on reassignment, reassignment_item to clients_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table reassignment_item, reassignment');
  }
}
