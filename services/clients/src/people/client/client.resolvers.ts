import { act } from '@throughline/graphql';
import { momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { setDisclosureRestriction, updateClient } from './client.commands.ts';
import { ageBandOf, type Client } from './client.ts';
import { livingSituations } from './living-situation.ts';

export const resolvers: Resolvers = {
  Query: {
    client: (_root, { id }, { loaders }) => loaders.clientById.load(id),
  },
  Mutation: { updateClient: act(updateClient), setDisclosureRestriction: act(setDisclosureRestriction) },
  Client: {
    __resolveReference: ({ id }, { loaders }) => loaders.clientById.load(id),
    name: ({ legalName, nameToUse }) => ({ legal: legalName, nameToUse: nameToUse ?? legalName }),
    ageBand: (client, _args, context) => ageBandOf(client, momentOf(context)),
    livingSituation: livingSituationOf,
    birthYear: ({ dateOfBirth, birthYear }) => (dateOfBirth ? Number(dateOfBirth.slice(0, 4)) : birthYear),
    birthPrecision: ({ dateOfBirth, birthYear }) => {
      if (dateOfBirth) return 'DAY';
      return birthYear === null ? 'UNKNOWN' : 'YEAR';
    },
  },
};

function livingSituationOf({
  livingSituation: code,
  livingSituationAsOf: asOf,
  livingSituationSince: since,
}: Client) {
  if (!code || !asOf) return null;
  const { label, group } = livingSituations.get(code) ?? { label: code, group: 'UNKNOWN' as const };
  return { code, label, group, since, asOf };
}
