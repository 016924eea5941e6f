import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as agency } from './agency/agency.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as directoryImport } from './directory-import/directory-import.resolvers.ts';
import { resolvers as directoryService } from './directory-service/directory-service.resolvers.ts';
import { resolvers as location } from './location/location.resolvers.ts';
import { resolvers as matching } from './matching/matching.resolvers.ts';
import { resolvers as partner } from './partner/partner.resolvers.ts';
import { resolvers as referral } from './referral/referral.resolvers.ts';
import { resolvers as referralRequest } from './referral-request/referral-request.resolvers.ts';
import { resolvers as webhook } from './webhook/webhook.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'referrals',
    sourceDir: import.meta.dirname,
    slices: [
      agency,
      client,
      directoryImport,
      directoryService,
      location,
      matching,
      partner,
      referralRequest,
      referral,
      webhook,
    ],
    logger,
  });
}
