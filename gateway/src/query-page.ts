import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { introspectionFromSchema } from 'graphql';
import { apiSchema } from './contract/api-schema.ts';

/** Answers the query page and its files; false for any other path. */
export type AnswerPage = (path: string, response: ServerResponse) => Promise<boolean>;

export interface QueryPageOptions {
  graph: 'staff' | 'partner';
  /** Address of the local sign-in whose demonstration people are offered; null where nobody signs in. */
  signInUrl: string | null;
}

type Files = Record<string, { path: string; type: string }>;

/** Looked for only where there is a page: in production nothing of it need be installed. */
function findFiles(): Files {
  const require = createRequire(import.meta.url);
  const packageAt = (name: string): string => dirname(require.resolve(`${name}/package.json`));
  const script = (...path: string[]) => ({ path: join(...path), type: 'text/javascript' });
  return {
    '/page/react.js': script(packageAt('react'), 'umd/react.production.min.js'),
    '/page/react-dom.js': script(packageAt('react-dom'), 'umd/react-dom.production.min.js'),
    '/page/graphiql.js': script(packageAt('graphiql'), 'graphiql.min.js'),
    '/page/graphiql.css': { path: join(packageAt('graphiql'), 'graphiql.min.css'), type: 'text/css' },
    // The typed client as it is written, and the part of its package that does not serve.
    ...folderAt('/page/graph-client', join(import.meta.dirname, '..', 'client', 'src')),
    ...folderAt('/page/graphql-sse', dirname(require.resolve('graphql-sse'))),
    '/page/query-page.js': script(import.meta.dirname, 'query-page.client.js'),
  };
}

function folderAt(path: string, folder: string): Files {
  const modules = readdirSync(folder).filter((name) => /^[a-z]+[.](ts|mjs)$/.test(name));
  return Object.fromEntries(
    modules.map((name) => [`${path}/${name}`, { path: join(folder, name), type: 'text/javascript' }]),
  );
}

/** GraphiQL out of its package, with the demonstration people one click away. For development only. */
export function queryPage(options: QueryPageOptions): AnswerPage {
  const html = page(options);
  const files = findFiles();
  return async (path, response) => {
    if (path === '/' || path === '/graphql') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      return true;
    }
    // It shows a caseload, which partners do not have.
    if (path === '/example' && options.graph === 'staff') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await examplePage());
      return true;
    }
    if (path === '/page/schema.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(schemaOf(options.graph));
      return true;
    }
    const file = files[path];
    if (!file) return false;
    const content = await readFile(file.path, 'utf8');
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` });
    response.end(file.path.endsWith('.ts') ? stripTypeScriptTypes(content) : content);
    return true;
  };
}

/** The contract as GraphiQL takes it, so that the page opens before anybody has signed in. */
function schemaOf(graph: QueryPageOptions['graph']): string {
  return JSON.stringify(introspectionFromSchema(apiSchema(graph)));
}

/** As it stands in the documentation for front-end teams. */
async function examplePage(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', 'FRONT-END.md'), 'utf8');
  return /^```html\n(.*?)^```$/ms.exec(text)?.[1] ?? '';
}

function page({ graph, signInUrl }: QueryPageOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Throughline ${graph} graph</title>
<link rel="stylesheet" href="/page/graphiql.css">
<style>
  body { margin: 0; display: flex; flex-direction: column; height: 100vh; font-family: system-ui, sans-serif; }
  #people { padding: 6px 12px; border-bottom: 1px solid #ccc; display: flex; gap: 6px; flex-wrap: wrap; align-items: center; }
  #people button[aria-pressed="true"] { background: #1d4ed8; color: #fff; }
  #graphiql { flex: 1; min-height: 0; }
</style>
</head>
<body data-sign-in="${signInUrl ?? ''}" data-graph="${graph}">
<div id="people" role="toolbar" aria-label="Sign in as"></div>
<div id="status" role="status"></div>
<div id="graphiql"></div>
<script defer src="/page/react.js"></script>
<script defer src="/page/react-dom.js"></script>
<script defer src="/page/graphiql.js"></script>
<script type="module" src="/page/query-page.js"></script>
</body>
</html>
`;
}
