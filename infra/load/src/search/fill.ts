import pg from 'pg';
import { alikeKeys } from '../../../../services/clients/src/people/search/fold.ts';
import { sortNameOf, termsOf, wordsOf } from '../../../../services/clients/src/people/search/term.ts';
import { idOf, type Invented } from './invented-people.ts';

/** People of the measurement: numbers below those of any client. */
export const staff = { manager: idOf(1), supervisor: idOf(2), intake: idOf(3), peer: idOf(4) };
const firstClient = 1_000_000_000;
const caseload = 40;
const team = 10;
const queue = 200;
const registered = 500;

const indexes = [
  'create index client_search_terms on client_search using gin (terms) with (fastupdate = off)',
  'create index client_word_order on client_word (word, sort_name, client_id)',
];

/** Adds clients number `from` to `to` as the superuser: without triggers, and with the two large indexes made at the end. */
export async function fill(
  url: string,
  people: (n: number) => Invented,
  [from, to]: [number, number],
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set session_replication_role = 'replica'; set maintenance_work_mem = '512MB'`);
  await client.query('drop index if exists client_search_terms, client_word_order');
  if (from === 1) await addStaff(client);
  await client.query(`select setval('case_number', 5000000 + $1::int)`, [to]);
  for (let n = from; n <= to; n += 5_000) {
    const batch = Array.from({ length: Math.min(5_000, to - n + 1) }, (_, place) => people(n + place));
    await addClients(client, batch);
  }
  for (const index of indexes) await client.query(index);
  await client.query('vacuum analyze');
  await client.end();
}

/** One case manager for each 40 clients of the largest size; ten of them are the team of the supervisor. */
async function addStaff(client: pg.Client): Promise<void> {
  await client.query(
    `insert into case_manager (id, name, roles, languages, specialties, active, version, supervisor_id)
     select id, 'Somebody', roles, '{}', '{}', true, 1, null
     from jsonb_to_recordset($1::jsonb) as s(id uuid, roles text[])`,
    [
      JSON.stringify([
        { id: staff.supervisor, roles: ['SUPERVISOR'] },
        { id: staff.intake, roles: ['INTAKE_WORKER'] },
        { id: staff.peer, roles: ['PEER_SPECIALIST'] },
      ]),
    ],
  );
  await client.query(
    `insert into case_manager (id, name, roles, languages, specialties, active, version, supervisor_id)
     select ('01900000-0000-7000-8000-' || lpad(to_hex(case when n = 0 then 1 else 100 + n end), 12, '0'))::uuid,
       'Somebody', '{CASE_MANAGER}', '{}', '{}', true, 1, case when n < ${String(team)} then $1::uuid end
     from generate_series(0, 25000) n`,
    [staff.supervisor],
  );
}

const ADD = `
  with given as materialized (
    select * from jsonb_to_recordset($1::jsonb) as g(id uuid, "case" uuid, manager uuid, by uuid, number text, name text,
      born date, phones jsonb, ids jsonb, sort text, terms text[], words text[])
  ), clients as (
    insert into client (id, case_number, status, legal_name, interpreter_needed, populations, contact_points, safe_contact,
      safe_address, blocked_agency_ids, accessibility_needs, consent_authority, restrict_all, registered_at, registered_by,
      version, date_of_birth, external_ids, queued)
    select id, number, 'ACTIVE', name, false, '{}', phones, '{}', false, '{}', '{}', 'SELF', false, now(), by, 1, born, ids,
      manager is null from given
  ), cases as (
    insert into case_file (id, client_id, status, phase, opened_at, status_changed_at, version)
    select "case", id, 'OPEN_ACTIVE', 'ACTIVE', now(), now(), 1 from given
  ), assignments as (
    insert into assignment (id, case_id, client_id, case_manager_id, role, started_at, assigned_by)
    select "case", "case", id, manager, 'PRIMARY', now(), by from given where manager is not null
  ), searches as (
    insert into client_search (client_id, sort_name, terms) select id, sort, terms from given
  )
  insert into client_word (client_id, word, sort_name)
  select id, word, sort from given, unnest(words) word`;

async function addClients(client: pg.Client, batch: readonly Invented[]): Promise<void> {
  const rows = batch.map((person) => ({
    ...{
      id: idOf(firstClient + person.n),
      case: idOf(2 * firstClient + person.n),
      manager: managerOf(person.n),
    },
    by: person.n <= registered ? staff.intake : staff.supervisor,
    ...{
      number: person.caseNumber,
      name: person.legalName,
      born: person.dateOfBirth,
      phones: person.contactPoints,
    },
    ...{ ids: person.externalIds, sort: sortNameOf(person), terms: termsOf(person), words: wordsOf(person) },
  }));
  await client.query(ADD, [JSON.stringify(rows)]);
  const words = [...new Set(rows.flatMap((row) => row.words))].filter((word) => !written.has(word));
  for (const word of words) written.add(word);
  await client.query(
    `insert into name_word select word, alike from jsonb_to_recordset($1::jsonb) as w(word text, alike text[]) on conflict do nothing`,
    [JSON.stringify(words.map((word) => ({ word, alike: alikeKeys(word) })))],
  );
}

const written = new Set<string>();

/** The first two hundred wait in the queue; the next forty are the own ones of the measured case manager. */
function managerOf(n: number): string | null {
  if (n <= queue) return null;
  const number = Math.floor((n - queue - 1) / caseload);
  return number === 0 ? staff.manager : idOf(100 + number);
}
