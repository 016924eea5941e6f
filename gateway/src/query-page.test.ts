import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Closers, silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { parse } from 'graphql';
import { Browser, type BrowserPage } from 'happy-dom';
import { startMock } from '../mock/start-mock.ts';
import { queryPage } from './query-page.ts';

const closers = new Closers();
afterAll(() => closers.close(silentLogger));

/** The browser of the test has no layout, which the editor needs: this shows only what the page gives to GraphiQL. */
const withoutEditor = 'window.GraphiQL = (props) => { window.given = props; return null; };';

/** The browser of the test runs deferred scripts as they arrive, a real one in the order of the page. */
const needs: Readonly<Record<string, string>> = {
  'react-dom.js': 'React',
  'graphiql.js': 'ReactDOM',
  'query-page.js': 'GraphiQL',
};

interface Given {
  schema: { __schema: { subscriptionType: { name: string } } };
  fetcher(operation: object, options: object): never;
}

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.add('server', () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** The page over a graph that answers with the authorization that it got, and a sign-in that knows one person. */
async function theParts(): Promise<string> {
  const signInUrl = await serve((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type');
    if (request.url === '/demonstration')
      response.end('[{"key":"maria","name":"Maria","roles":[]},{"key":"gone","name":"Gone","roles":[]}]');
    else if (request.method === 'OPTIONS') response.end();
    else
      request.toArray().then(
        (body) =>
          body.join('').includes('maria')
            ? response.end('{"access_token":"token-of-maria"}')
            : response.writeHead(400).end('{}'),
        () => response.destroy(),
      );
  });
  const page = queryPage({ graph: 'staff', signInUrl: signInUrl.slice(0, -1) });
  return serve((request, response) => {
    const { authorization = 'nobody' } = request.headers;
    if (request.method === 'POST') response.end(JSON.stringify({ data: authorization }));
    else
      page(request.url ?? '/', response).then(
        (answered) => answered || response.writeHead(404).end(),
        () => response.destroy(),
      );
  });
}

/** The storage of this browser ends with the page: `kept` is what an earlier page left there. */
function newBrowser(kept: Readonly<Record<string, string>> = {}): Browser {
  const browser = new Browser({
    settings: {
      enableJavaScriptEvaluation: true,
      suppressInsecureJavaScriptEnvironmentWarning: true,
      handleDisabledFileLoadingAsSuccess: true,
      fetch: {
        interceptor: {
          beforeAsyncRequest: async ({ request, window }) => {
            const name = new URL(request.url).pathname.slice('/page/'.length);
            const earlier = needs[name];
            if (earlier) await eventually(() => earlier in window);
            if (name !== 'graphiql.js') return undefined;
            for (const [key, value] of Object.entries(kept)) window.localStorage.setItem(key, value);
            return new window.Response(withoutEditor);
          },
        },
      },
    },
  });
  closers.add('browser', () => browser.close());
  return browser;
}

async function opened(browser: Browser, url: string): Promise<BrowserPage> {
  const page = browser.newPage();
  await page.goto(new URL('/', url).href);
  await eventually(() => expect(givenIn(page)).toBeDefined());
  expect(page.virtualConsolePrinter.readAsString()).toBe('');
  return page;
}

const givenIn = (page: BrowserPage): Given => (page.mainFrame.window as unknown as { given: Given }).given;

const whoAsks = (page: BrowserPage): Promise<unknown> =>
  givenIn(page).fetcher({ query: '{ me { id } }' }, { documentAST: parse('{ me { id } }') });

function press({ mainFrame: { document } }: BrowserPage, text: string): void {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(text));
  if (!button) throw new Error(`There is no button ${text}`);
  button.click();
}

const pressedIn = ({ mainFrame: { document } }: BrowserPage): string[] =>
  [...document.querySelectorAll('[aria-pressed=true]')].map((one) => one.textContent);

it('opens with the schema, subscriptions included, before anybody has signed in', async () => {
  const page = await opened(newBrowser(), await theParts());
  expect(givenIn(page).schema.__schema.subscriptionType.name).toBe('Subscription');
  expect(await whoAsks(page)).toEqual({ data: 'nobody' });
});

it('remembers who is signed in, and signs out', async () => {
  const url = await theParts();
  const first = await opened(newBrowser(), url);
  press(first, 'Maria');
  await eventually(() => expect(pressedIn(first)).toEqual([expect.stringContaining('Maria')]));
  expect(await whoAsks(first)).toEqual({ data: 'Bearer token-of-maria' });
  const second = await opened(
    newBrowser(Object.fromEntries(Object.entries(first.mainFrame.window.localStorage))),
    url,
  );
  expect(pressedIn(second)).toEqual([expect.stringContaining('Maria')]);
  expect(await whoAsks(second)).toEqual({ data: 'Bearer token-of-maria' });
  press(second, 'Sign out');
  expect(pressedIn(second)).toEqual([]);
  expect(await whoAsks(second)).toEqual({ data: 'nobody' });
});

it('leaves nobody signed in when the sign-in gives no token', async () => {
  const page = await opened(newBrowser(), await theParts());
  press(page, 'Maria');
  await eventually(() => expect(pressedIn(page)).not.toEqual([]));
  press(page, 'Gone');
  await eventually(() => expect(pressedIn(page)).toEqual([]));
  expect(page.mainFrame.document.getElementById('status')?.textContent).toContain('no token for Gone');
  expect(await whoAsks(page)).toEqual({ data: 'nobody' });
});

it('runs a subscription until it is stopped', async () => {
  const mock = await startMock({ graph: 'staff', port: 0, seed: 'one', tickMs: 50 });
  closers.add('mock', () => mock.close());
  const page = await opened(newBrowser(), mock.url);
  const query = 'subscription Changes { caseloadChanged { id } }';
  const heard: unknown[] = [];
  const events = givenIn(page).fetcher({ query }, { documentAST: parse(query) }) as {
    subscribe(observer: object): { unsubscribe(): void };
  };
  const { unsubscribe } = events.subscribe({
    next: (event: unknown) => heard.push(event),
    complete: () => heard.push('the end'),
  });
  await eventually(() => expect(heard.length).toBeGreaterThan(1));
  expect(heard[0]).toMatchObject({ data: { caseloadChanged: { id: expect.any(String) as string } } });
  unsubscribe();
});
