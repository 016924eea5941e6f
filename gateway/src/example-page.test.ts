import { localTransport } from '@throughline/messaging';
import { Closers, silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { Browser, type BrowserPage } from 'happy-dom';
import { configOver } from '../equivalence/config-over.ts';
import { startIssuer } from '../equivalence/issuer.ts';
import { startSyntheticSubgraphs } from '../equivalence/synthetic-subgraphs.ts';
import { startMock } from '../mock/start-mock.ts';
import { startGateway } from './gateway.ts';

const closers = new Closers();
afterAll(() => closers.close(silentLogger));

/** Where the page can be opened, and a token for it. */
interface Place {
  url: string;
  token: string;
}

async function theMock(): Promise<Place> {
  const mock = await startMock({ graph: 'staff', port: 0, seed: 'one', tickMs: 100 });
  closers.add('mock', () => mock.close());
  return { url: mock.url, token: 'any' };
}

async function theGateway(): Promise<Place> {
  const services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
  closers.add('services', () => services.close());
  const issuer = await startIssuer();
  closers.add('issuer', () => issuer.close());
  const settings = { QUERY_PAGE: 'on', SUBGRAPH_TIMEOUT_MS: 30_000 };
  const parts = { logger: silentLogger, transport: localTransport() };
  const gateway = await startGateway(configOver(services, issuer, settings), parts);
  closers.add('gateway', () => gateway.close());
  return { url: gateway.staffUrl, token: await issuer.tokenFor('staff') };
}

/** The page as a browser has it, with its modules loaded over HTTP; what it writes to the console fails the test. */
async function opened(url: string): Promise<BrowserPage> {
  const browser = new Browser({
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  closers.add('browser', () => browser.close());
  const page = browser.newPage();
  await page.goto(new URL('/example', url).href);
  await page.waitUntilComplete();
  expect(page.virtualConsolePrinter.readAsString()).toBe('');
  return page;
}

function signIn({ mainFrame: { document } }: BrowserPage, token: string): void {
  const field = document.querySelector('input');
  if (field) field.value = token;
  document.querySelector('button')?.click();
}

const textsOf = ({ mainFrame: { document } }: BrowserPage, selector: string): string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

it('has forty lines at the most', async () => {
  const { url } = await theMock();
  const lines = (await (await fetch(new URL('/example', url))).text()).trimEnd().split('\n');
  expect(lines[0]).toContain('<!doctype html>');
  expect(lines.length).toBeLessThanOrEqual(40);
});

describe.each([
  ['the mock', theMock],
  ['the gateway', theGateway],
])('the example page on %s', (_name, place) => {
  it('shows a caseload with next steps', async () => {
    const { url, token } = await place();
    const page = await opened(url);
    signIn(page, token);
    await eventually(() => expect(textsOf(page, 'tbody tr')).not.toEqual([]));
    expect(textsOf(page, 'tbody td:nth-child(3)').join('')).toMatch(/\(.+\)/);
    expect(textsOf(page, '[role=status]')).toEqual(['']);
  });
});

it('says why something is withheld, and follows what changes', async () => {
  const { url, token } = await theMock();
  const page = await opened(url);
  signIn(page, token);
  await eventually(() => expect(textsOf(page, 'tbody td:nth-child(4)').join('')).toContain(': NOT_ASSIGNED'));
  const { document } = page.mainFrame;
  document.querySelector('tbody')?.replaceChildren();
  await eventually(() => expect(textsOf(page, 'tbody tr')).not.toEqual([]));
});

it('says why nobody is signed in', async () => {
  const { url } = await theGateway();
  const page = await opened(url);
  signIn(page, 'no token');
  await eventually(() => expect(textsOf(page, '[role=status]')).toEqual([expect.stringContaining('token')]));
});

it('shows nothing of the former person after a failed sign-in', async () => {
  const { url, token } = await theGateway();
  const page = await opened(url);
  signIn(page, token);
  await eventually(() => expect(textsOf(page, 'tbody tr')).not.toEqual([]));
  signIn(page, 'no token');
  await eventually(() => expect(textsOf(page, '[role=status]')).toEqual([expect.stringContaining('token')]));
  expect(textsOf(page, 'tbody tr')).toEqual([]);
});
