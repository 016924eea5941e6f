import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCallLine1700000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CALL_LINE);
    await queryRunner.query(PUBLIC_LINES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table call_line');
  }
}

const CALL_LINE = `
  create table call_line (
    id uuid primary key,
    label text not null,
    kind text not null check (kind in ('EMERGENCY', 'CRISIS', 'INTAKE', 'WARM_LINE', 'GENERAL')),
    number text not null check (number ~ '^([+][1-9][0-9]{6,14}|[2-9][0-9]{2})$'),
    extension text check (extension ~ '^[0-9]{1,20}$'),
    text_number text check (text_number ~ '^([+][1-9][0-9]{6,14}|[0-9]{3,6})$'),
    chat_url text check (chat_url like 'https://%'),
    time_zone text not null,
    hours jsonb not null,
    languages text[] not null,
    interprets boolean not null,
    states text[] not null,
    rank integer not null check (rank between 1 and 1000),
    retired_at timestamptz,
    version integer not null
  );
  comment on table call_line is
    'Telephone lines that staff answer or name to callers. A line is retired and never deleted: inquiries name it.';
  comment on column call_line.number is 'E.164, or a short number such as 988.';
  comment on column call_line.hours is 'Opening times on the clocks of time_zone; empty: around the clock.';
  comment on column call_line.interprets is 'Other languages than those listed are spoken through interpreters.';
  comment on column call_line.states is 'Postal codes of the states that it serves; empty: the whole country.';
  comment on column call_line.rank is 'Order among lines of a kind, 1 = first.';
  create unique index call_line_one_per_number on call_line (number, coalesce(extension, '')) where retired_at is null;
  create index call_line_kind on call_line (kind, rank) where retired_at is null;
  grant select, insert, update on call_line to clients_app;`;

/** Public lines of the country. The line of no company is among them. */
const PUBLIC_LINES = `
  insert into call_line
    (id, label, kind, number, text_number, chat_url, time_zone, hours, languages, interprets, states, rank, version)
  values
    ('0199a000-0000-7000-8000-000000000911', 'Emergency services', 'EMERGENCY', '911', null, null,
     'America/New_York', '[]', '{en}', true, '{}', 1, 1),
    ('0199a000-0000-7000-8000-000000000988', '988 Suicide and Crisis Lifeline', 'CRISIS', '988', '988',
     'https://chat.988lifeline.org', 'America/New_York', '[]', '{en,es}', true, '{}', 1, 1),
    ('0199a000-0000-7000-8000-000000004357', 'SAMHSA National Helpline', 'GENERAL', '+18006624357', null, null,
     'America/New_York', '[]', '{en,es}', false, '{}', 1, 1);`;
