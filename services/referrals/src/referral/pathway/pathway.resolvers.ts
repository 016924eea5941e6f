import { matchServices } from '../../directory/matching/matching.resolvers.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { situationOfPerson, type KnownPerson } from './pathway.ts';

export const resolvers: Resolvers = {
  Client: {
    // The gateway adds what it has read of the record, with the rights of the viewer.
    serviceMatches: (person, { needCategory, first }, context) => {
      const at = { now: context.now(), timeZone: context.config.PROGRAM_TIME_ZONE };
      return matchServices(context, situationOfPerson(person as KnownPerson, needCategory, at), first);
    },
  },
};
