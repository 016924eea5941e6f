import type { ClientMetadata } from 'oidc-provider';
import type { Audience } from './access-token.ts';
import { DEMONSTRATION_GRANT } from './demonstration-grant.ts';
import type { DemonstrationPerson, PartnerSystem } from './people.ts';

/** The client of scripts and of the query page; it may use the demonstration grant and nothing else. */
export const DEMONSTRATION_CLIENT = 'throughline-demonstration';

const AUDIENCE_OF_APP: Readonly<Record<string, Audience>> = {
  'throughline-staff-app': 'throughline-staff',
  'throughline-partner-app': 'throughline-partner',
};

/** Which people may sign in to this application; undefined for clients without a sign-in page. */
export function audienceOfApp(clientId: string): Audience | undefined {
  return AUDIENCE_OF_APP[clientId];
}

export function clientsFor(people: readonly DemonstrationPerson[]): ClientMetadata[] {
  const systems = people.filter((person) => person.kind === 'PARTNER_SYSTEM');
  return [...Object.keys(AUDIENCE_OF_APP).map(app), demonstrationClient, ...systems.map(partnerSystem)];
}

/** A front end under development. As a native client it may come back to any port of this machine. */
function app(clientId: string): ClientMetadata {
  const addresses = ['localhost', '127.0.0.1'].flatMap((host) => [
    `http://${host}/`,
    `http://${host}/callback`,
  ]);
  return {
    client_id: clientId,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: addresses,
    post_logout_redirect_uris: addresses,
  };
}

const demonstrationClient: ClientMetadata = {
  client_id: DEMONSTRATION_CLIENT,
  token_endpoint_auth_method: 'none',
  grant_types: [DEMONSTRATION_GRANT],
  response_types: [],
  redirect_uris: [],
};

function partnerSystem({ clientId, clientSecret, name }: PartnerSystem): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    client_name: name,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };
}
