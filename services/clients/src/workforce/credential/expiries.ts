import {
  badInput,
  connection,
  hasRole,
  readPage,
  type Connection,
  type PageArgs,
} from '@throughline/graphql';
import { addDays, momentOf, today, type Moment } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Credential } from './credential.ts';

/** A supervisor is told from this many days before the end. Source: infra/reference/domain.md 6.2. */
const soon = 60;

/** Whether the last day of a verified credential is near or over. */
export function isExpiring({ status, expiresOn }: Credential, at: Moment): boolean {
  return status === 'VERIFIED' && expiresOn !== null && expiresOn <= addDays(today(at), soon);
}

const EXPIRIES = `
  select c.id, c.expires_on::text as key from credential c join case_manager s on s.id = c.staff_id
  where c.status = 'VERIFIED' and s.active and c.expires_on <= $1::date
    and ($2::uuid is null or s.supervisor_id = $2)
    and ($3::text is null or (c.expires_on, c.id) > ($3::date, $4::uuid))
  order by c.expires_on, c.id limit $5`;

/** Credentials of the viewer's team, for an administrator of everybody, that end within so many days or have ended. */
export async function credentialExpiries(
  context: Context,
  { withinDays, ...args }: PageArgs & { withinDays?: number | null | undefined },
): Promise<Connection<Credential>> {
  const { db, viewer, loaders } = context;
  const days = withinDays ?? soon;
  if (days < 0 || days > 366) throw badInput('withinDays must be between 0 and 366');
  const page = readPage(args, 'credential expiries');
  const [key = null, id = null] = page.after ?? [];
  const last = addDays(today(momentOf(context)), days);
  const supervisorId = hasRole(viewer, 'PROGRAM_ADMIN') ? null : viewer.id;
  const values = [last, supervisorId, key, id, page.first + 1];
  const found: { id: string; key: string }[] = await db.query(EXPIRIES, values);
  const rows = await loaders.credentialById.loadMany(found.map((one) => one.id));
  const credentials = rows.flatMap((row) => (row && !(row instanceof Error) ? [row] : []));
  return connection(credentials, page, (row) => [row.expiresOn ?? '', row.id]);
}
