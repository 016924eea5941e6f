import { connection, readPage } from '@throughline/graphql';
import { mayRead } from '../../people/client/read-client.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { isIntact } from './disclosure.ts';

export const resolvers: Resolvers = {
  Client: {
    disclosures: async ({ id }, { from, to, ...args }, context) => {
      const page = readPage(args, ['int']);
      if (!(await mayRead(context, id, 'DISCLOSURES'))) return null;
      const rows = await context.loaders.ledgerPage.load({
        clientId: id,
        from: from ?? null,
        to: to ?? null,
        limit: page.first + 1,
        after: page.after,
      });
      return connection(rows, page, ({ sequence }) => [sequence]);
    },
    disclosureLedgerIntact: async ({ id }, _args, context) =>
      (await mayRead(context, id, 'LEDGER_CHECK'))
        ? isIntact(await context.loaders.disclosuresByClient.load(id))
        : null,
  },
  DisclosureRecord: {
    labels: ({ labels }) => labels as never,
    agency: ({ agencyId }) => ({ id: agencyId }),
    referral: ({ referralId }) => (referralId ? { id: referralId } : null),
    consents: async ({ consentIds }, _args, { loaders }) => {
      const consents = await loaders.consentById.loadMany(consentIds);
      return consents.flatMap((consent) => (consent && !(consent instanceof Error) ? [consent] : []));
    },
  },
};
