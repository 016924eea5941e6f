import type { ResourceServer } from 'oidc-provider';
import type { DemonstrationPerson } from './people.ts';

/** Which graph a token opens. */
export type Audience = 'throughline-staff' | 'throughline-partner';

export const TOKEN_LIFE_S = 8 * 60 * 60;
export const SIGNING_ALGORITHM = 'ES256';

/** OAuth asks for an absolute URI where the token's `aud` is a plain name. */
const AUDIENCE_OF: Readonly<Record<string, Audience>> = {
  'urn:throughline:staff': 'throughline-staff',
  'urn:throughline:partner': 'throughline-partner',
};

export function audienceOf(person: Pick<DemonstrationPerson, 'kind'>): Audience {
  return person.kind === 'STAFF' ? 'throughline-staff' : 'throughline-partner';
}

export function resourceOf(audience: Audience): string {
  return audience === 'throughline-staff' ? 'urn:throughline:staff' : 'urn:throughline:partner';
}

/** Undefined for a resource that is not a graph of Throughline. */
export function graphResource(resource: string): ResourceServer | undefined {
  const audience = AUDIENCE_OF[resource];
  if (!audience) return undefined;
  return {
    audience,
    scope: '',
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_LIFE_S,
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  };
}

/** What the gateway reads about a person, in addition to `sub`. */
export function claimsOf(person: DemonstrationPerson): Record<string, unknown> {
  const place = person.kind === 'STAFF' ? { staff_id: person.id } : { agency_id: person.agencyId };
  return { name: person.name, roles: [...person.roles], ...place };
}
