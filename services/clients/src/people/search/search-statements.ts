/**
 * Statements of the search. Parameters: $1 viewer, $2 variants (place, term, weight), $3 to $5 position after which the
 * page starts (score, sort name, id; $3 null at the start), $6 rows, $7 and so on the terms of each place.
 */
const ASKED = `asked as materialized (
  select place, term, weight from jsonb_to_recordset($2::jsonb) as v(place int, term text, weight int))`;

const SCORE = `cross join lateral (
    select sum(best)::int as score from (
      select max(weight) as best from asked where asked.term = any(s.terms) group by asked.place) places) m`;

const AFTER = `($3::int is null or (-m.score, s.sort_name, s.client_id) > (-$3::int, $4::text, $5::uuid))`;
const ORDER = `order by m.score desc, s.sort_name, s.client_id limit $6::int`;
const COLUMNS = `s.client_id as id, s.sort_name as "sortName", s.terms, m.score`;

function meets(places: number): string {
  return Array.from({ length: places }, (_, place) => `s.terms && $${place + 7}::text[]`).join(' and ');
}

function within(reach: readonly string[]): string {
  const ids = reach.map((source) => `select c.id from ${source}`);
  return `reach as materialized (${['select $1::uuid as id where false', ...ids].join(' union ')})`;
}

/** Clients within the reach of the viewer that meet every place. The reach comes first: it is small, however many clients there are. */
export function searchWithin(reach: readonly string[], places: number): string {
  return `
    with ${ASKED}, ${within(reach)}
    select ${COLUMNS} from reach join client_search s on s.client_id = reach.id ${SCORE}
    where ${meets(places)} and ${AFTER} ${ORDER}`;
}

/** All clients that meet every place, without those within the reach. */
export function searchBeyond(reach: readonly string[], places: number): string {
  return `
    with ${ASKED}, ${within(reach)}
    select ${COLUMNS} from client_search s ${SCORE}
    where ${meets(places)} and s.client_id not in (select id from reach) and ${AFTER} ${ORDER}`;
}

/**
 * The same for one word: a page of each spelling in the order of the list, and of these the first. So a name that
 * thousands have costs no more than a rare one. A client who has two of the spellings counts by the better one.
 */
export function searchWordBeyond(reach: readonly string[]): string {
  return `
    with ${ASKED}, ${within(reach)}
    select found.id, found."sortName", s.terms, found.score from (
      select w.client_id as id, w.sort_name as "sortName", v.weight as score
      from asked v cross join lateral (
        select w.client_id, w.sort_name from client_word w
        where w.word = v.term
          and (w.sort_name, w.client_id) > (
            case when v.weight = $3::int then $4::text else '' end,
            case when v.weight = $3::int then $5::uuid else '00000000-0000-0000-0000-000000000000' end)
          and w.client_id not in (select id from reach)
          and not exists (
            select from client_word b join asked better on better.term = b.word
            where b.client_id = w.client_id and (better.weight, better.term) > (v.weight, v.term))
        order by w.sort_name, w.client_id limit $6::int) w
      where $3::int is null or v.weight <= $3::int
      order by v.weight desc, w.sort_name, w.client_id limit $6::int) found
    join client_search s on s.client_id = found.id, (select $7::text[]) given
    order by found.score desc, found."sortName", found.id`;
}
