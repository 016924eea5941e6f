import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexClientSearch1700000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [SEARCH, QUEUE, CASE]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index assignment_case;
      drop trigger client_queue on assignment;
      drop function keep_client_queue;
      alter table client drop column queued;
      drop index client_legal_name_part;
      drop index client_name_to_use_part;
      drop extension pg_trgm;`);
  }
}

/** A search names a part of a name: three letters after each other are what an index can find. */
const SEARCH = `
  create extension if not exists pg_trgm;
  create index client_legal_name_part on client using gin (legal_name gin_trgm_ops);
  create index client_name_to_use_part on client using gin (name_to_use gin_trgm_ops);`;

/** That a client has no case manager is the absence of a row, which no index can find. */
const QUEUE = `
  alter table client add column queued boolean not null default true;
  comment on column client.queued is 'Nobody is the primary case manager. Kept by a trigger of assignment.';
  update client c set queued = not exists (
    select from assignment a where a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null);
  create index client_queued on client (lower(coalesce(name_to_use, legal_name)), id) where queued;
  create function keep_client_queue() returns trigger language plpgsql as $$
  begin
    update client c set queued = not exists (
      select from assignment a where a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null)
    where c.id = new.client_id;
    return null;
  end $$;
  create trigger client_queue after insert or update on assignment
    for each row when (new.role = 'PRIMARY') execute function keep_client_queue();`;

const CASE = `create index assignment_case on assignment (case_id, started_at desc, id desc);`;
