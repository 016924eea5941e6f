import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Appending becomes a function: its plans are kept per session, where the statement was planned anew in each
 * transaction, which took longer than running it.
 */
export class AppendFacts1700000001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [FUNCTION, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function append_facts');
  }
}

/**
 * The upsert of outbox_key is the lock of the key: it is held until commit and taken before `seq` is drawn, so
 * that `seq` follows the order of commits per key, and `key_sequence` has no gaps. Several keys are locked in one
 * order first, so that two calls never wait for each other; the facts themselves keep the order they came in.
 */
const FUNCTION = `
  create function append_facts(facts jsonb, cause jsonb) returns void language plpgsql as $$
  declare
    fact jsonb;
    nth integer;
  begin
    if jsonb_array_length(facts) > 1 then
      insert into outbox_key as k (topic, key, last_sequence)
      select distinct f->>'topic', f->>'key', 0 from jsonb_array_elements(facts) f order by 1, 2
      on conflict (topic, key) do update set last_sequence = k.last_sequence;
    end if;

    for place in 0 .. jsonb_array_length(facts) - 1 loop
      fact := facts->place;
      insert into outbox_key as k (topic, key, last_sequence) values (fact->>'topic', fact->>'key', 1)
      on conflict (topic, key) do update set last_sequence = k.last_sequence + 1
      returning last_sequence into nth;

      insert into outbox (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
      values ((fact->>'id')::uuid, fact->>'topic', fact->>'key', nth, fact->>'type', (fact->>'version')::int,
              fact->'data', append_facts.cause, (fact->>'occurredAt')::timestamptz);
    end loop;
  end $$;
  revoke execute on function append_facts from public;`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant execute on function append_facts to ' || app;
  end $$;`;
