import { z } from 'zod';
import { resourceOf, type Audience } from './access-token.ts';
import { DEMONSTRATION_CLIENT } from './clients.ts';
import { DEMONSTRATION_GRANT } from './demonstration-grant.ts';
import { unknownPerson } from './find-person.ts';
import type { DemonstrationPerson } from './people.ts';

const answer = z.object({ access_token: z.string() });

/** Goes through the token endpoint like everyone else, so that there is one way to make a token. */
export async function requestToken(
  url: string,
  people: readonly DemonstrationPerson[],
  key: string,
  audience?: Audience,
): Promise<string> {
  const person = people.find((one) => one.key === key);
  if (!person) throw new Error(unknownPerson(key, people));

  const body = new URLSearchParams(grantOf(person));
  if (audience) body.set('resource', resourceOf(audience));
  const response = await fetch(`${url}/token`, { method: 'POST', body });
  const parsed = answer.safeParse(await response.json());
  if (!parsed.success) throw new Error(`The token endpoint answered ${response.status}.`);
  return parsed.data.access_token;
}

function grantOf(person: DemonstrationPerson): Record<string, string> {
  if (person.kind !== 'PARTNER_SYSTEM') {
    return { grant_type: DEMONSTRATION_GRANT, client_id: DEMONSTRATION_CLIENT, person: person.key };
  }
  return {
    grant_type: 'client_credentials',
    client_id: person.clientId,
    client_secret: person.clientSecret,
  };
}
