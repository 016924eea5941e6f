import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { audienceOf, type Audience } from './access-token.ts';
import { audienceOfApp } from './clients.ts';
import { unknownPerson } from './find-person.ts';
import { isLocalOrigin } from './local-origin.ts';
import { choosePage, errorPage, welcomePage } from './pages.ts';
import type { DemonstrationPerson } from './people.ts';
import { readBody, sendHtml, sendJson } from './http.ts';

export interface RouteParts {
  provider: Provider;
  people: readonly DemonstrationPerson[];
  tokenFor(key: string, audience?: Audience): Promise<string>;
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
  { people, tokenFor }: RouteParts,
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined) {
    if (!isLocalOrigin(origin)) return sendJson(response, 403, { error: 'origin_not_local' });
    response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'origin');
    response.setHeader('access-control-allow-headers', 'content-type');
  }
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  if (route === 'GET /demonstration') return sendJson(response, 200, people.map(listed));
  if (route !== 'POST /demonstration/token') return sendJson(response, 404, { error: 'not_found' });

  const key = personIn(await readBody(request));
  if (!people.some((person) => person.key === key)) {
    return sendJson(response, 400, {
      error: 'unknown_person',
      error_description: unknownPerson(key, people),
    });
  }
  sendJson(response, 200, { access_token: await tokenFor(key) });
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
  if (!details)
    return sendHtml(response, 400, errorPage('This sign-in has ended. Start again from the application.'));

  const audience = audienceOfApp(String(details.params.client_id));
  const candidates = people.filter((one) => one.kind !== 'PARTNER_SYSTEM' && audienceOf(one) === audience);
  if (request.method !== 'POST') return sendHtml(response, 200, choosePage(details.uid, candidates));

  const key = new URLSearchParams(await readBody(request)).get('person') ?? '';
  const person = candidates.find((one) => one.key === key);
  if (!person) return sendHtml(response, 400, errorPage(unknownPerson(key, candidates)));
  await provider.interactionFinished(request, response, { login: { accountId: person.id } });
}
