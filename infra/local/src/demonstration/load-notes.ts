import { command, staff } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan } from './plan.ts';

interface Note {
  id: string;
  status: string;
  version: number;
}

/** Drafts, and what is signed of them. A second load finds them by their keys. */
export async function loadNotes(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  const viewer = staff(client.caseManagerId, 'CASE_MANAGER');
  const of = { service: 'treatment' as const, viewer, fields: 'ProgressNote { id status version }' };
  for (const [index, { draft, signed }] of client.notes.entries()) {
    const { id, status, version } = await command<Note>(call, {
      ...{ ...of, name: 'saveNoteDraft', inputType: 'SaveNoteDraftInput' },
      input: { clientId, ...draft, idempotencyKey: `${plan.seed}/${client.key}/note/${index}` },
    });
    if (!signed || status !== 'DRAFT') continue;
    const input = { id, expectedVersion: version };
    await command(call, { ...of, name: 'signNote', inputType: 'SignNoteInput', input });
  }
}
