import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The person in their environment: names for audiences, demographics, places, preferences, strengths, what pays. */
export class DescribePerson1700000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [PERSON, EXTERNAL_ID]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger client_external_ids on client;
      drop trigger client_external_ids_changed on client;
      drop function keep_external_ids;
      drop table external_id;
      alter table client drop column other_names, drop column voicemail_name, drop column birth_year, drop column sex,
        drop column gender_identity, drop column race, drop column ethnicity, drop column tribal_affiliation,
        drop column veteran_status, drop column employment, drop column monthly_income, drop column addresses,
        drop column living_situation_since, drop column coverages, drop column strengths, drop column preferences,
        drop column external_ids, drop column care_setting, drop column custody;`);
  }
}

const PERSON = `
  alter table client
    add column other_names text[] not null default '{}',
    add column voicemail_name text,
    add column birth_year integer check (birth_year between 1850 and 2200),
    add column sex text,
    add column gender_identity text,
    add column race text[] not null default '{}',
    add column ethnicity text,
    add column tribal_affiliation text,
    add column veteran_status text,
    add column employment text,
    add column monthly_income integer check (monthly_income >= 0),
    add column addresses jsonb not null default '[]',
    add column living_situation_since date,
    add column coverages jsonb not null default '[]',
    add column strengths text[] not null default '{}',
    add column preferences jsonb not null default '{}',
    add column external_ids jsonb not null default '[]',
    add column care_setting text,
    add column custody jsonb,
    add constraint client_one_birth check (date_of_birth is null or birth_year is null);
  comment on column client.voicemail_name is 'The only name that may be said where others listen, for example on a voicemail.';
  comment on column client.birth_year is 'Where only the year of birth is known.';
  comment on column client.monthly_income is 'Of the household, whole US dollars.';
  comment on column client.strengths is 'In the words of the person.';
  comment on column client.custody is 'Where the person is held, and the day of release.';`;

/** A number of another system belongs to one person, whatever the process wrote it. */
const EXTERNAL_ID = `
  create table external_id (
    system text not null,
    value text not null,
    client_id uuid not null references client (id),
    primary key (system, value)
  );
  comment on table external_id is 'Guards that an id of another system belongs to one client. Kept by a trigger of client.';
  create index external_id_client on external_id (client_id);
  grant select, insert, delete on external_id to clients_app;
  create function keep_external_ids() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      delete from external_id where client_id = new.id;
    end if;
    insert into external_id (system, value, client_id)
    select one ->> 'system', one ->> 'value', new.id from jsonb_array_elements(new.external_ids) one;
    return null;
  end $$;
  create trigger client_external_ids after insert on client
    for each row when (new.external_ids <> '[]') execute function keep_external_ids();
  create trigger client_external_ids_changed after update on client
    for each row when (new.external_ids is distinct from old.external_ids) execute function keep_external_ids();`;
