import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as caseFile } from './casework/case-file/case-file.resolvers.ts';
import { resolvers as caseManager } from './workforce/case-manager/case-manager.resolvers.ts';
import { resolvers as client } from './people/client/client.resolvers.ts';
import { resolvers as consent } from './consent/consent/consent.resolvers.ts';
import { resolvers as disclosure } from './consent/disclosure/disclosure.resolvers.ts';
import { resolvers as registration } from './casework/registration/registration.resolvers.ts';
import { resolvers as need } from './casework/need/need.resolvers.ts';
import { resolvers as releaseBasis } from './consent/consent/release-basis.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'clients',
    sourceDir: import.meta.dirname,
    slices: [client, registration, caseFile, caseManager, need, consent, releaseBasis, disclosure],
    logger,
  });
}
