import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTimelineEntry1700000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table timeline_entry (
        id uuid primary key,
        client_id uuid not null,
        occurred_at timestamptz not null,
        sequence integer not null,
        kind text not null,
        actor_kind text not null check (actor_kind in ('STAFF', 'PARTNER', 'SYSTEM')),
        actor_id text not null,
        actor_agency_id text,
        subject_type text not null,
        subject_id uuid not null
      );
      comment on table timeline_entry is 'One row a fact about a client, of all services; ids, codes and times only.';
      comment on column timeline_entry.sequence is
        'Position among the facts of the fact''s key: tells apart what happened in the same millisecond.';
      create index timeline_entry_client on timeline_entry (client_id, occurred_at, sequence, id);
      create trigger timeline_entry_append_only before update or delete on timeline_entry
        for each row execute function refuse_change();
      grant select, insert on timeline_entry to treatment_app;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table timeline_entry`);
  }
}
