import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { ContactFilterInput } from '../../generated/graphql.ts';
import type { ContactEntry } from './contact.ts';

const CONTACTS = `
  select c.id, c.at::text as key from contact_entry c
  where c.case_id = $1::uuid
    and ($2::boolean is null or c.reached = $2)
    and ($3::text[] is null or c.channel = any($3))
    and ($4::timestamptz is null or c.at >= $4)
    and ($5::timestamptz is null or c.at < $5)
    and ($6::text is null or (c.at, c.id) < ($6::timestamptz, $7::uuid))
  order by c.at desc, c.id desc
  limit $8`;

export interface ContactArgs extends PageArgs {
  filter?: ContactFilterInput | null | undefined;
}

/** Contacts of a case, the newest first; null when the viewer may not read the case. */
export async function listContacts(
  { db, loaders, care }: Context,
  caseId: string,
  { filter, ...args }: ContactArgs,
): Promise<Connection<ContactEntry> | null> {
  const page = readPage(args, 'contacts');
  const caseFile = await loaders.caseFileById.load(caseId);
  if (!caseFile || !(await care.mayRead(caseFile.clientId, 'CASE'))) return null;
  const { reached = null, channels = null, from = null, to = null } = filter ?? {};
  const [key = null, id = null] = page.after ?? [];
  const params = [caseFile.id, reached, channels && [...channels], from, to, key, id, page.first + 1];
  const found: { id: string; key: string }[] = await db.query(CONTACTS, params);
  const rows = await loaders.contactEntryById.loadMany(found.map((one) => one.id));
  const contacts = rows.flatMap((row) => (row && !(row instanceof Error) ? [row] : []));
  const keys = new Map(found.map((one) => [one.id, one.key]));
  return connection(contacts, page, (contact) => [keys.get(contact.id) ?? '', contact.id]);
}
