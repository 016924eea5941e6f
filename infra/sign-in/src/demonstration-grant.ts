import { errors, type Provider } from 'oidc-provider';
import { audienceOf, graphResource, resourceOf } from './access-token.ts';
import { unknownPerson } from './find-person.ts';
import type { DemonstrationPerson } from './people.ts';

/** Local only: a token for the named person, without a password. */
export const DEMONSTRATION_GRANT = 'urn:throughline:demonstration';

interface Parameters {
  person?: string;
  resource?: string;
}

export function registerDemonstrationGrant(provider: Provider, people: readonly DemonstrationPerson[]): void {
  provider.registerGrantType<Parameters>(
    DEMONSTRATION_GRANT,
    async (ctx) => {
      const { person: key = '', resource: asked } = ctx.oidc.params;
      const person = people.find((one) => one.key === key);
      if (!person) throw new errors.InvalidRequest(unknownPerson(key, people));

      const resource = asked ?? resourceOf(audienceOf(person));
      const server = graphResource(resource);
      if (!server) throw new errors.InvalidTarget();

      const token = new provider.AccessToken({
        client: ctx.oidc.client,
        accountId: person.id,
        resourceServer: new provider.ResourceServer(resource, server),
        grantId: '',
        gty: DEMONSTRATION_GRANT,
      });
      ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration };
    },
    ['person', 'resource'],
  );
}
