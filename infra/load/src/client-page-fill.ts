import pg from 'pg';

/** Entries about real records, evenly over the time. */
const entries = (count: number, over: string) => `
  insert into timeline_entry (id, client_id, occurred_at, sequence, kind, actor_kind, actor_id, subject_type,
    subject_id, labels)
  select gen_random_uuid(), $1, now() - n * (interval '${over}' / ${String(count)}), n,
         case n % 3 when 0 then 'ScreeningScored' when 1 then 'GuidanceGiven' else 'ContactLogged' end, 'STAFF',
         gen_random_uuid()::text, case n % 3 when 0 then 'Screening' when 1 then 'GuidanceActivity' else 'ContactEntry' end,
         case n % 3 when 0 then s.id when 1 then g.id else gen_random_uuid() end, '{HEALTH}'
  from generate_series(1, ${String(count)}) n, (select id from screening where client_id = $1 limit 1) s,
       (select id from guidance_activity where client_id = $1 limit 1) g`;
const copies = (table: string, count: number, times: readonly string[]) => `
  insert into ${table}
  select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
    ${times.map((column) => `'${column}', now() - n * (interval '5 years' / ${String(count)})`).join(', ')}))).*
  from ${table} r, generate_series(1, ${String(count)}) n
  where r.id = (select id from ${table} where client_id = $1 limit 1)`;

/** History of a week. */
export const week = [entries(12, '7 days')];
/** History of five years. */
export const fiveYears = [
  entries(3000, '5 years'),
  copies('screening', 60, ['administered_on', 'recorded_at']),
  copies('guidance_activity', 500, ['done_on', 'recorded_at']),
];

/** Writes a history for a client who has one record of each kind. */
export async function fill(url: string, clientId: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql, [clientId]);
  } finally {
    await client.end();
  }
}
