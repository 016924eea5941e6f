import { connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isIntact } from './disclosure.ts';

export const resolvers: Resolvers = {
  Client: {
    disclosures: async ({ id }, { from, to, ...args }, { loaders }) => {
      const page = readPage(args, 'disclosures');
      const rows = await loaders.ledgerPage.load({
        clientId: id,
        from: from ?? null,
        to: to ?? null,
        limit: page.first + 1,
        after: page.after,
      });
      return connection(rows, page, ({ sequence }) => [sequence]);
    },
    disclosureLedgerIntact: async ({ id }, _args, { loaders }) =>
      isIntact(await loaders.disclosuresByClient.load(id)),
  },
  DisclosureRecord: {
    labels: ({ labels }) => labels as never,
    reads: async ({ id }, _args, { loaders }) => (await loaders.readsOfDisclosure.load(id))?.reads ?? 1,
    lastReadAt: async ({ id }, _args, { loaders }) =>
      (await loaders.readsOfDisclosure.load(id))?.lastReadAt ?? null,
    agency: ({ agencyId }) => ({ id: agencyId }),
    referral: ({ referralId }) => (referralId ? { id: referralId } : null),
    consents: async ({ consentIds }, _args, { loaders }) => {
      const consents = await loaders.consentById.loadMany(consentIds);
      return consents.flatMap((consent) => (consent && !(consent instanceof Error) ? [consent] : []));
    },
  },
};
