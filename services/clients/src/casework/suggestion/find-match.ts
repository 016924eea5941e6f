import type { EntityManager } from 'typeorm';
import type { Load } from '../../workforce/caseload/caseload.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import type { Staffing } from '../assignment/staffing.ts';
import { suggestionOf, type CaseWish } from './suggestion.ts';

const WISHES = `
  select f.id as "caseId", c.populations, c.preferred_language as language, coalesce(f.setting, c.care_setting) as setting,
    nullif(c.preferences ->> 'counselorGender', 'ANY') as gender, c.preferences ->> 'cultural' as culture,
    c.preferences ->> 'faith' as faith, coalesce(c.preferences -> 'modalities', '[]') as modalities,
    c.preferences ->> 'contactTimes' as "contactTimes",
    (select p.case_manager_id from assignment p
     where p.case_id = f.id and p.role = 'PRIMARY' and p.ended_at is null) as "leaderId",
    array(select distinct p.case_manager_id from assignment p
     where p.client_id = f.client_id and p.role = 'PRIMARY' and p.ended_at is not null) as "knownIds"
  from case_file f join client c on c.id = f.client_id where f.id = any($1::uuid[])`;

/** What each case asks of its case manager: one statement for any number of cases. */
export async function findWishes(
  db: Pick<EntityManager, 'query'>,
  caseIds: readonly string[],
): Promise<Map<string, CaseWish>> {
  const rows: (CaseWish & { caseId: string })[] = await db.query(WISHES, [caseIds]);
  return new Map(rows.map(({ caseId, ...wish }) => [caseId, wish]));
}

/** How well somebody fits a case at the moment of the assignment: it is kept with it. */
export async function findMatch(
  tx: EntityManager,
  { id }: Pick<CaseFile, 'id'>,
  staffing: Staffing,
  load: Load,
): Promise<{ score: number; reasons: string[] }> {
  const wish = (await findWishes(tx, [id])).get(id);
  if (!wish) throw new Error('A case that is assigned has wishes');
  const { score, reasons } = suggestionOf(wish, load, staffing);
  return { score, reasons: reasons.map(({ code }) => code) };
}
