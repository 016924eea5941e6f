import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Measures were heard as a part of the view: their own consumer goes on from there, so that a rebuild knows every key. */
export class HearFigures1700000000110 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [POSITIONS, HANDLED, KEPT]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['parked_message', 'inbox', 'inbox_key'])
      await queryRunner.query(`delete from ${table} where consumer = 'treatment.figures'`);
  }
}

const POSITIONS = `
  insert into inbox_key (consumer, topic, key, last_sequence, held, retry_at)
  select 'treatment.figures', topic, key, last_sequence, held, case when held then now() end
  from inbox_key where consumer = 'treatment.view' on conflict do nothing`;

const HANDLED = `
  insert into inbox (consumer, fact_id, received_at)
  select 'treatment.figures', fact_id, received_at from inbox where consumer = 'treatment.view' on conflict do nothing`;

/** What the view could not handle, the figures may: it is tried again at once. */
const KEPT = `
  insert into parked_message (id, consumer, topic, key, sequence, fact_id, fact, state, attempts, errors, first_failed_at)
  select gen_random_uuid(), 'treatment.figures', topic, key, sequence, fact_id, fact,
         case state when 'PARKED' then 'WAITING' else state end, least(attempts, 1), errors, first_failed_at
  from parked_message where consumer = 'treatment.view' and state in ('WAITING', 'PARKED', 'HELD')
  order by position on conflict do nothing`;
