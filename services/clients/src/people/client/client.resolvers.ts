import { act } from '@throughline/graphql';
import { momentOf, type Moment } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { mayReadPart, partOfField } from './client.access.ts';
import { setDisclosureRestriction, updateClient } from './client.commands.ts';
import { mayRead, readClient } from './read-client.ts';
import { ageBandOf, type Client } from './client.ts';
import { findClients } from './find-clients.ts';

/** A field that is null unless the viewer may read its part of the record. */
function withheld<Value>(field: keyof typeof partOfField, read: (client: Client, at: Moment) => Value) {
  return async (client: Client, _args: object, context: Context): Promise<Value | null> =>
    (await mayRead(context, client.id, partOfField[field])) ? read(client, momentOf(context)) : null;
}

export const resolvers: Resolvers = {
  Query: {
    client: (_root, { id }, context) => readClient(context, id),
    clients: (_root, args, context) => findClients(context, args),
  },
  Mutation: { updateClient: act(updateClient), setDisclosureRestriction: act(setDisclosureRestriction) },
  Client: {
    __resolveReference: ({ id }, context) => readClient(context, id),
    name: withheld('name', ({ legalName, nameToUse }) => ({
      legal: legalName,
      nameToUse: nameToUse ?? legalName,
    })),
    pronouns: withheld('pronouns', ({ pronouns }) => pronouns),
    dateOfBirth: withheld('dateOfBirth', ({ dateOfBirth }) => dateOfBirth),
    ageBand: withheld('ageBand', ageBandOf),
    preferredLanguage: withheld('preferredLanguage', ({ preferredLanguage }) => preferredLanguage),
    interpreterNeeded: withheld('interpreterNeeded', ({ interpreterNeeded }) => interpreterNeeded),
    contactPoints: withheld('contactPoints', ({ contactPoints }) => contactPoints),
    safeContact: withheld('safeContact', ({ safeContact }) => safeContact),
    safeAddress: withheld('safeAddress', ({ safeAddress }) => safeAddress),
    blockedAgencyIds: withheld('blockedAgencyIds', ({ blockedAgencyIds }) => blockedAgencyIds),
    livingSituation: withheld('livingSituation', ({ livingSituation, livingSituationAsOf }) =>
      livingSituation && livingSituationAsOf ? { code: livingSituation, asOf: livingSituationAsOf } : null,
    ),
    householdSize: withheld('householdSize', ({ householdSize }) => householdSize),
    insuranceType: withheld('insuranceType', ({ insuranceType }) => insuranceType),
    county: withheld('county', ({ county }) => county),
    postalCode: withheld('postalCode', ({ postalCode }) => postalCode),
    accessibilityNeeds: withheld('accessibilityNeeds', ({ accessibilityNeeds }) => accessibilityNeeds),
    populations: withheld('populations', ({ populations }) => populations),
    consentAuthority: withheld('consentAuthority', ({ consentAuthority }) => consentAuthority),
    restrictAll: withheld('restrictAll', ({ restrictAll }) => restrictAll),
    access: async ({ id }, _args, { loaders, viewer }) => {
      const care = await loaders.careByClient.load(id);
      return Object.entries(partOfField).map(([field, part]) => {
        const allowed = mayReadPart(viewer, care, part);
        return { field, allowed, reason: allowed ? 'OK' : 'ROLE_FORBIDDEN' };
      });
    },
  },
};
