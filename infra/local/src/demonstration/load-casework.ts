import { command, staff } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan } from './plan.ts';

interface Found {
  id: string;
  status: string;
  version: number;
  casePhases: unknown[];
}

const fields = 'CaseFile { id status version casePhases { phase } }';

/** The contacts of the case first, then its steps; a case that got further is not moved again. */
export async function loadCasework(
  { call, plan, beginEarlier }: Loading,
  { key, caseManagerId, casework }: ClientPlan,
  { caseId }: LoadedClient,
): Promise<void> {
  if (caseId === null) return;
  const viewer = staff(caseManagerId, 'CASE_MANAGER');
  const { openedOn, contacts, steps } = casework;
  if (openedOn < plan.today) await beginEarlier(caseId, new Date(`${openedOn}T14:00:00.000Z`));
  const write = { service: 'clients' as const, viewer };
  for (const [place, contact] of contacts.entries())
    await command(call, {
      ...{ ...write, name: 'logContact', inputType: 'LogContactInput', fields: 'ContactEntry { id }' },
      input: { ...contact, caseId, idempotencyKey: `${plan.seed}/${key}/contact-${String(place)}` },
    });
  let found = await see(call, viewer, caseId);
  if (!found) return;
  const isNew = found.casePhases.length === 1 && /^(OPEN_ASSESSMENT|SCREENING)$/.test(found.status);
  const { status } = found;
  const done = isNew ? -1 : steps.findLastIndex(({ to }) => to === status);
  if (!isNew && done < 0) return;
  for (const { command: name, input } of steps.slice(done + 1)) {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const next: object = { caseId, expectedVersion: found.version, ...input };
    found = await command<Found>(call, { ...write, name, inputType, fields, input: { ...next } });
  }
}

async function see(
  call: Loading['call'],
  viewer: ReturnType<typeof staff>,
  id: string,
): Promise<Found | null> {
  const query = 'query Case($id: ID!) { caseFile(id: $id) { id status version casePhases { phase } } }';
  return (await call<{ caseFile: Found | null }>('clients', viewer, query, { id })).caseFile;
}
