import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Search by folded words, sounds and keys. Clients of before get their terms by a timer at the next start. */
export class SearchClients1700000000026 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [TERMS, WORDS, BACKFILL]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table client_search, client_word, name_word;
      create index client_legal_name_part on client using gin (legal_name gin_trgm_ops);
      create index client_name_to_use_part on client using gin (name_to_use gin_trgm_ops);`);
  }
}

/**
 * Text is compared byte by byte ("C"): terms are small Latin letters, whatever the script of the name. Without
 * fastupdate, so that no search reads a list of rows that the index has not yet taken in.
 */
const TERMS = `
  drop index client_legal_name_part;
  drop index client_name_to_use_part;
  create table client_search (
    client_id uuid primary key references client (id),
    sort_name text collate "C" not null,
    terms text[] collate "C" not null
  );
  comment on table client_search is
    'Terms under which a client is found: words of all names in Latin letters, and keys that begin with #. Written with the client.';
  create index client_search_terms on client_search using gin (terms) with (fastupdate = off);
  grant select, insert, update on client_search to clients_app;`;

const WORDS = `
  create table client_word (
    client_id uuid not null references client (id),
    word text collate "C" not null,
    sort_name text collate "C" not null,
    primary key (client_id, word)
  );
  comment on table client_word is 'Clients of each word of a name in the order of a list, for a search that asks for one word.';
  create index client_word_order on client_word (word, sort_name, client_id);
  grant select, insert, update, delete on client_word to clients_app;

  create table name_word (
    word text collate "C" primary key,
    alike text[] collate "C" not null
  );
  comment on table name_word is
    'Every word that occurs or occurred in a name, with the keys of its typing mistakes and its sound. It names nobody.';
  create index name_word_part on name_word using gin (word gin_trgm_ops);
  create index name_word_alike on name_word using gin (alike) with (fastupdate = off);
  grant select, insert on name_word to clients_app;`;

const BACKFILL = `
  do $$
  begin
    if to_regclass('graphile_worker.jobs') is null then
      return;
    end if;
    perform graphile_worker.add_job(
      'client.search', json_build_object('clientId', id), job_key => 'client.search:' || id)
    from client;
  end $$`;
