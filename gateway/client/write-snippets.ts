import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'src', 'generated', 'snippets');
const documentation = readFileSync(join(import.meta.dirname, '..', 'FRONT-END.md'), 'utf8');

/** What the documentation shows is checked with everything else: `npm run typecheck`. */
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [at, [, snippet]] of [...documentation.matchAll(/^```ts\n(.*?)^```$/gms)].entries())
  writeFileSync(join(folder, `${at}.ts`), snippet ?? '');
