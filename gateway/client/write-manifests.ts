import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getOperationAST, parse } from 'graphql';

const generated = join(import.meta.dirname, 'src', 'generated');

/** The generated ids and texts in the format that the gateway's OPERATION_MANIFEST is read in. */
for (const graph of ['staff', 'partner']) {
  const documents = readFileSync(join(generated, graph, 'persisted-documents.json'), 'utf8');
  const operations = Object.entries(JSON.parse(documents) as Record<string, string>).map(([id, body]) => {
    const operation = getOperationAST(parse(body));
    return { id, name: operation?.name?.value, type: operation?.operation, body };
  });
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  writeFileSync(join(generated, graph, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
