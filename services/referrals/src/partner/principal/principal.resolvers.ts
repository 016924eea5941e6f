import { act, isUuid } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordPartnerPrincipal } from './principal.commands.ts';
import { listPrincipals } from './principal.entity.ts';

export const resolvers: Resolvers = {
  Query: {
    partnerPrincipals: (_root, { agencyId, ...page }, { viewer, db }) => {
      const own = viewer.graph === 'PARTNER' ? viewer.agencyId : null;
      const asked = (agencyId ?? own)?.toLowerCase();
      const isForeign = own !== null && asked !== own.toLowerCase();
      return asked === undefined || isForeign || !isUuid(asked)
        ? null
        : listPrincipals(db.manager, asked, page);
    },
  },
  Mutation: { recordPartnerPrincipal: act(recordPartnerPrincipal) },
};
