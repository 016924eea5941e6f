import Provider, {
  errors,
  interactionPolicy,
  type Configuration,
  type KoaContextWithOIDC,
  type ResourceServer,
} from 'oidc-provider';
import {
  audienceOf,
  claimsOf,
  graphResource,
  resourceOf,
  SIGNING_ALGORITHM,
  TOKEN_LIFE_S,
  type Audience,
} from './access-token.ts';
import { audienceOfApp, clientsFor } from './clients.ts';
import { registerDemonstrationGrant } from './demonstration-grant.ts';
import type { SignInKeys } from './keys.ts';
import { isLocalOrigin } from './local-origin.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { errorPage, signedOutPage, signOutPage } from './pages.ts';
import type { DemonstrationPerson } from './people.ts';

export interface ProviderParts {
  issuer: string;
  keys: SignInKeys;
  people: readonly DemonstrationPerson[];
}

export function createProvider({ issuer, keys, people }: ProviderParts): Provider {
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(),
    jwks: keys.jwks,
    cookies: { keys: keys.cookieKeys },
    clients: clientsFor(people),
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    responseTypes: ['code'],
    clientBasedCORS: (_ctx, origin) => isLocalOrigin(origin),
    ...aboutPeople(people),
    features: features(),
    interactions: { policy: signInPolicy(people), url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: lives(),
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = errorPage(out.error_description ?? out.error);
    },
  });
  registerDemonstrationGrant(provider, people);
  return provider;
}

function aboutPeople(people: readonly DemonstrationPerson[]): Configuration {
  const byId = (id: string): DemonstrationPerson | undefined => people.find((one) => one.id === id);
  const bySystem = (clientId: string | undefined): DemonstrationPerson | undefined =>
    people.find((one) => one.kind === 'PARTNER_SYSTEM' && one.clientId === clientId);

  return {
    claims: { openid: ['sub'], profile: ['name', 'roles', 'staff_id', 'agency_id'] },
    conformIdTokenClaims: false,
    findAccount(_ctx, sub) {
      const person = byId(sub);
      return person && { accountId: sub, claims: () => ({ sub, ...claimsOf(person) }) };
    },
    loadExistingGrant: grantWhatIsAsked,
    extraTokenClaims(_ctx, token) {
      const person = 'accountId' in token ? byId(token.accountId) : bySystem(token.clientId);
      return person && claimsOf(person);
    },
    formats: {
      customizers: {
        // A partner's system is a principal like a person: its `sub` is an id too, not the client's name.
        jwt(_ctx, token, parts) {
          const system = 'accountId' in token ? undefined : bySystem(token.clientId);
          if (system) parts.payload = { ...parts.payload, sub: system.id };
        },
      },
    },
  };
}

/** Throughline's own applications need no consent page. */
async function grantWhatIsAsked({ oidc }: KoaContextWithOIDC) {
  const clientId = oidc.client?.clientId;
  const accountId = oidc.session?.accountId;
  if (clientId === undefined || accountId === undefined) return undefined;

  const grant = new oidc.provider.Grant({ clientId, accountId });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  await grant.save();
  return grant;
}

function features(): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_ctx, client) => resourceOf(audienceOfClient(client.clientId)),
      getResourceServerInfo: (_ctx, resource, client) => resourceFor(resource, client.clientId),
      useGrantedResource: () => true,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        ctx.body = signOutPage(form);
      },
      postLogoutSuccessSource(ctx) {
        ctx.body = signedOutPage();
      },
    },
  };
}

function audienceOfClient(clientId: string | undefined): Audience {
  return audienceOfApp(clientId ?? '') ?? 'throughline-partner';
}

function resourceFor(resource: string, clientId: string): ResourceServer {
  const server = graphResource(resource);
  if (server?.audience !== audienceOfClient(clientId)) throw new errors.InvalidTarget();
  return server;
}

/** Someone already signed in to the staff application is asked again by the partner application. */
function signInPolicy(people: readonly DemonstrationPerson[]): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt');
  policy.get('login')?.checks.add(
    new interactionPolicy.Check(
      'another_application',
      'sign in as someone of this application',
      ({ oidc }) => {
        const person = people.find((one) => one.id === oidc.session?.accountId);
        return person !== undefined && audienceOf(person) !== audienceOfClient(oidc.client?.clientId);
      },
    ),
  );
  return policy;
}

function lives(): NonNullable<Configuration['ttl']> {
  return {
    AccessToken: TOKEN_LIFE_S,
    ClientCredentials: TOKEN_LIFE_S,
    IdToken: TOKEN_LIFE_S,
    Session: TOKEN_LIFE_S,
    Grant: TOKEN_LIFE_S,
    Interaction: 60 * 60,
    AuthorizationCode: 60,
  };
}
