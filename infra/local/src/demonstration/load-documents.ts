import { printedPage } from '@throughline/treatment/demonstration';
import { command, staff } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan } from './plan.ts';

interface Announced {
  uploadLink: { path: string } | null;
}

/** Announces each file and sends it. The same file again has no link any more, because its content is there. */
export async function loadDocuments(
  { call, plan }: Loading,
  { key, caseManagerId, documents }: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  for (const [index, { lines, ...paper }] of documents.entries()) {
    const content = await printedPage(paper.title, lines);
    const idempotencyKey = `${plan.seed}/${key}/document/${String(index)}`;
    const { uploadLink } = await command<Announced>(call, {
      ...{ service: 'treatment', viewer: staff(caseManagerId, 'CASE_MANAGER') },
      ...{ name: 'addDocument', inputType: 'AddDocumentInput' },
      fields: 'ClientDocument { uploadLink { path } }',
      input: { clientId, ...paper, media: 'PDF', bytes: content.length, idempotencyKey },
    });
    if (uploadLink) await call.put('treatment', uploadLink.path, content);
  }
}
