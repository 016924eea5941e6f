import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { listen, originOf, silentLogger, type Logger, type Running } from '@throughline/runtime';
import type { Audience } from './access-token.ts';
import { BodyTooLarge, sendJson } from './http.ts';
import { loadKeys } from './keys.ts';
import { demonstrationPeople, type DemonstrationPerson } from './people.ts';
import { createProvider } from './provider.ts';
import { handleOwnRoutes, type RouteParts } from './routes.ts';
import { refuseProduction } from './refuse-production.ts';
import { requestToken } from './request-token.ts';

export interface SignInOptions {
  /** 0 takes any free port. Default 4200. */
  port?: number;
  /** Default 127.0.0.1: everybody who reaches this program gets a token for every person. */
  host?: string;
  /** The address that tokens name as their issuer. Default http://localhost:<port>. */
  issuer?: string;
  /** Signing keys are kept here, so that tokens survive a restart. Without it they live in memory. */
  dataDir?: string;
  people?: readonly DemonstrationPerson[];
  logger?: Logger;
}

export interface RunningSignIn extends Running {
  issuer: string;
  jwksUri: string;
  /** An access token for a person, by default for the graph that the person works with. */
  tokenFor(personKey: string, audience?: Audience): Promise<string>;
}

/** Starts the OpenID Connect provider for development and tests. Throws with NODE_ENV=production. */
export async function startSignIn(options: SignInOptions = {}): Promise<RunningSignIn> {
  // Asked here and not by the callers only: no other program may hand out such tokens either.
  refuseProduction(process.env);
  const { people = demonstrationPeople, logger = silentLogger, port = 4200, host } = options;
  const keys = await loadKeys(options.dataDir);
  const server = createServer();
  await listen(server, { port, ...(host !== undefined && { host }) });
  const url = originOf(server, 'localhost');
  const issuer = options.issuer ?? url;

  const provider = createProvider({ issuer, keys, people });
  provider.on('server_error', (_ctx, error) => logger.error({ error }, 'sign-in failed'));
  const tokenFor = (key: string, audience?: Audience) => requestToken(url, people, key, audience);
  serve(server, { provider, people, tokenFor }, logger);

  return { name: 'sign-in', url, issuer, jwksUri: `${url}/jwks`, tokenFor, close: () => close(server) };
}

function serve(server: Server, parts: RouteParts, logger: Logger): void {
  const provider = parts.provider.callback();
  server.on('request', (request, response) => {
    handleOwnRoutes(parts, request, response)
      .then((handled) => (handled ? undefined : provider(request, response)))
      .catch((error: unknown) => {
        const status = error instanceof BodyTooLarge ? 413 : 500;
        if (status === 500) logger.error({ error }, 'sign-in failed');
        if (!response.headersSent) sendJson(response, status, { error: 'server_error' });
      });
  });
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
