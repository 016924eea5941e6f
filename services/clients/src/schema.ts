import { buildSubgraphSchema } from '@apollo/subgraph';
import { loadTypeDefs, scalarResolvers } from '@throughline/graphql';
import { Kind, type GraphQLSchema } from 'graphql';
import { resolvers as caseFile } from './case-file/case-file.resolvers.ts';
import { resolvers as caseManager } from './case-manager/case-manager.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as consent } from './consent/consent.resolvers.ts';
import { resolvers as releaseBasis } from './consent/release-basis.resolvers.ts';
import { resolvers as disclosure } from './disclosure/disclosure.resolvers.ts';
import { resolvers as need } from './need/need.resolvers.ts';

const slices = [client, caseFile, caseManager, need, consent, releaseBasis, disclosure];

export function createSchema(): GraphQLSchema {
  const empty = { kind: Kind.DOCUMENT as const, definitions: [] };
  return buildSubgraphSchema([
    { typeDefs: loadTypeDefs(import.meta.dirname), resolvers: scalarResolvers },
    ...slices.map((resolvers) => ({ typeDefs: empty, resolvers: resolvers as never })),
  ]);
}
