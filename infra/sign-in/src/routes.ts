import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { audienceOf } from './access-token.ts';
import { audienceOfApp } from './clients.ts';
import { unknownPerson } from './find-person.ts';
import { isLocalOrigin } from './local-origin.ts';
import { choosePage, errorPage, welcomePage } from './pages.ts';
import type { DemonstrationPerson } from './people.ts';
import { readBody, sendHtml, sendJson } from './http.ts';

export interface RouteParts {
  provider: Provider;
  people: readonly DemonstrationPerson[];
  tokenFor: (key: string) => Promise<string>;
}

/** True when the request was one of ours; everything else belongs to the provider. */
export async function handleOwnRoutes(
  parts: RouteParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const route = `${request.method ?? 'GET'} ${path}`;
  if (route === 'GET /') sendHtml(response, 200, welcomePage(parts.people));
  else if (route === 'GET /health') sendJson(response, 200, { status: 'ok' });
  else if (path.startsWith('/demonstration')) await demonstration(parts, route, request, response);
  else if (path.startsWith('/interaction/')) await interaction(parts, request, response);
  else return false;
  return true;
}

async function demonstration(
  parts: RouteParts,
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!allowOrigin(request.headers.origin, response)) {
    sendJson(response, 403, { error: 'origin_not_local' });
  } else if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
  } else if (route === 'GET /demonstration') {
    sendJson(response, 200, parts.people.map(listed));
  } else if (route === 'POST /demonstration/token') {
    await giveToken(parts, request, response);
  } else {
    sendJson(response, 404, { error: 'not_found' });
  }
}

/** Scripts send no origin; pages must come from this machine. */
function allowOrigin(origin: string | undefined, response: ServerResponse): boolean {
  if (origin === undefined) return true;
  if (!isLocalOrigin(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('vary', 'origin');
  return true;
}

async function giveToken(
  { people, tokenFor }: RouteParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const key = personIn(await readBody(request));
  if (people.some((person) => person.key === key)) {
    sendJson(response, 200, { access_token: await tokenFor(key) });
  } else {
    sendJson(response, 400, { error: 'unknown_person', error_description: unknownPerson(key, people) });
  }
}

/** Everything but secrets. */
function listed(person: DemonstrationPerson) {
  const { key, id, name, kind, roles } = person;
  const agency = person.kind === 'STAFF' ? {} : { agencyId: person.agencyId };
  return { key, id, name, kind, roles, ...agency, audience: audienceOf(person) };
}

function personIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const person = parsed !== null && typeof parsed === 'object' && 'person' in parsed ? parsed.person : '';
    return typeof person === 'string' ? person : '';
  } catch {
    return '';
  }
}

/** The page between the application and its code: who do you want to be? */
async function interaction(
  { provider, people }: RouteParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response).catch(() => null);
  if (!details) {
    sendHtml(response, 400, errorPage('This sign-in has ended. Start again from the application.'));
    return;
  }
  const audience = audienceOfApp(String(details.params.client_id));
  const candidates = people.filter((one) => one.kind !== 'PARTNER_SYSTEM' && audienceOf(one) === audience);
  if (request.method !== 'POST') {
    sendHtml(response, 200, choosePage(details.uid, candidates));
    return;
  }
  const key = new URLSearchParams(await readBody(request)).get('person') ?? '';
  const person = candidates.find((one) => one.key === key);
  if (person) await provider.interactionFinished(request, response, { login: { accountId: person.id } });
  else sendHtml(response, 400, errorPage(unknownPerson(key, candidates)));
}
