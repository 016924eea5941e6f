import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as crisis } from './referral/crisis/crisis-instead.resolvers.ts';
import { resolvers as agency } from './directory/agency/agency.resolvers.ts';
import { resolvers as directoryImport } from './directory/directory-import/directory-import.resolvers.ts';
import { resolvers as directoryService } from './directory/directory-service/directory-service.resolvers.ts';
import { resolvers as location } from './directory/location/location.resolvers.ts';
import { resolvers as matching } from './directory/matching/matching.resolvers.ts';
import { resolvers as partner } from './partner/partner/partner.resolvers.ts';
import { resolvers as principal } from './partner/principal/principal.resolvers.ts';
import { resolvers as referral } from './referral/referral/referral.resolvers.ts';
import { resolvers as referralWords } from './referral/referral/referral-words.resolvers.ts';
import { resolvers as pathway } from './referral/pathway/pathway.resolvers.ts';
import { resolvers as referralRequest } from './referral/referral-request/referral-request.resolvers.ts';
import { resolvers as recommendation } from './referral/recommendation/recommendation.resolvers.ts';
import { resolvers as webhook } from './delivery/webhook/webhook.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'referrals',
    sourceDir: import.meta.dirname,
    slices: [
      crisis,
      agency,
      directoryImport,
      directoryService,
      location,
      matching,
      partner,
      principal,
      pathway,
      referralRequest,
      recommendation,
      referral,
      referralWords,
      webhook,
    ],
    logger,
  });
}
