import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  DuplicateCandidate: {
    record: ({ client, isKnown }, _args, { loaders }) =>
      isKnown ? loaders.clientById.load(client.id) : null,
    person: ({ client, workerId }) => ({
      legalName: client.legalName,
      nameToUse: client.nameToUse,
      birthYear: client.dateOfBirth ? Number(client.dateOfBirth.slice(0, 4)) : client.birthYear,
      workerId,
      matchedOn: [],
    }),
  },
  Client: { duplicateRulings: ({ id }, _args, { loaders }) => loaders.rulingsByClient.load(id) },
  DuplicateRuling: {
    record: ({ otherId }, _args, { loaders }) => loaders.clientById.load(otherId),
    by: ({ ruledBy }, _args, { loaders }) => loaders.staffMemberById.load(ruledBy),
    at: ({ ruledAt }) => ruledAt,
  },
};
