import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A consumer per concern takes the place of one consumer per service. A release that starts calls the function. */
export class SplitConsumers1700000011000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [FUNCTION, GRANTS]) await queryRunner.query(statement);
  }

  /** A fact counts as handled when a concern has handled it; a key stands where its slowest concern stands. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(JOIN);
    await queryRunner.query('drop function split_consumer');
  }
}

/**
 * Every concern knows the facts that the old consumer has handled, also a concern without reactions today. A fact that the
 * old consumer had kept had no effect at all, so each concern that is used keeps it and tries it again at once, also when
 * nobody decided yet: it may have failed in another concern, and must not hold, say, who may read. One attempt stays
 * counted: without any, a missing fact before it would count as accepted. The old rows of parked_message go to the first of
 * the concerns: decisions refer to them.
 */
const FUNCTION = `
  create function split_consumer(old text, concerns text[], used text[]) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    lock table inbox_key in exclusive mode;
    update parked_message
    set state = case state when 'PARKED' then 'WAITING' else state end, attempts = least(attempts, 1)
    where consumer = old and state in ('WAITING', 'PARKED', 'HELD');
    insert into inbox (consumer, fact_id, received_at)
    select concern, fact_id, received_at from inbox cross join unnest(concerns) concern where consumer = old
    on conflict do nothing;
    insert into inbox_key (consumer, topic, key, last_sequence, held, retry_at)
    select concern, topic, key, last_sequence, held and concern = any(used),
           case when held and concern = any(used) then now() end
    from inbox_key cross join unnest(concerns) concern where consumer = old
    on conflict do nothing;
    insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts, errors, first_failed_at)
    select gen_random_uuid(), concern, topic, key, sequence, fact_id, fact, state, attempts, errors, first_failed_at
    from parked_message cross join unnest(used[2:]) concern where consumer = old order by position
    on conflict do nothing;
    update parked_message set consumer = used[1] where consumer = old;
    delete from inbox_key where consumer = old;
    delete from inbox where consumer = old;
  end $$;
  revoke execute on function split_consumer from public;`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant execute on function split_consumer to ' || app;
  end $$;`;

const JOIN = `
  insert into inbox (consumer, fact_id, received_at)
  select split_part(consumer, '.', 1), fact_id, min(received_at) from inbox where consumer like '%.%' group by 1, 2
  on conflict do nothing;
  insert into inbox_key (consumer, topic, key, last_sequence, held, retry_at)
  select split_part(consumer, '.', 1), topic, key, min(last_sequence), bool_or(held), min(retry_at)
  from inbox_key where consumer like '%.%' group by 1, 2, 3 on conflict do nothing;
  update parked_message p set consumer = split_part(consumer, '.', 1)
  where consumer like '%.%' and not exists (
    select from parked_message other where other.fact_id = p.fact_id and other.position < p.position);
  delete from inbox_key where consumer like '%.%';
  delete from inbox where consumer like '%.%'`;
