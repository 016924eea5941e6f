import { act, roleForbidden } from '@throughline/graphql';
import { mayReadDirectory } from '../agency/directory-reader.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { reportCapacity } from './directory-service.commands.ts';
import { listServices } from './directory-service.lists.ts';
import { assuranceIsStale, capacityOf } from './directory-service.ts';
import { withPublished } from '../agency/agency.ts';

export const resolvers: Resolvers = {
  Query: {
    service: (_root, { id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.serviceById.load(id) : null,
    services: (_root, { filter, ...page }, { viewer, db }) => {
      if (!mayReadDirectory(viewer)) throw roleForbidden();
      return listServices(db, filter ?? {}, page);
    },
  },
  Mutation: { reportCapacity: act(reportCapacity) },
  Service: {
    __resolveReference: ({ id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.serviceById.load(id) : null,
    agency: async ({ agencyId }, _args, { loaders }) => {
      const agency = await loaders.agencyById.load(agencyId);
      if (!agency) throw new Error('a service without its agency');
      return agency;
    },
    capacity: (service, _args, { now }) => capacityOf(service, now()),
    assuranceIsStale: (service, _args, { now }) => assuranceIsStale(service, now()),
    eligibilityDescription: async ({ id, eligibilityDescription }, _args, { loaders }) => {
      if (eligibilityDescription) return eligibilityDescription;
      const rows = await loaders.eligibilityByService.load(id);
      return rows.map(({ text }) => text).join('\n') || null;
    },
    costs: ({ id }, _args, { loaders }) => loaders.costsByService.load(id),
    languages: ({ id }, _args, { loaders }) => loaders.languagesByService.load(id),
    webLinks: async ({ id, additionalLinks }, _args, { loaders }) =>
      withPublished(await loaders.webLinksByService.load(id), additionalLinks),
    reportedCapacities: ({ id }, _args, { loaders }) => loaders.reportedCapacitiesByService.load(id),
    schedules: ({ id }, _args, { loaders }) => loaders.schedulesByService.load(id),
    phones: ({ id }, _args, { loaders }) => loaders.phonesByService.load(id),
    locations: ({ id }, _args, { loaders }) => loaders.locationsByService.load(id),
    terms: ({ id }, _args, { loaders }) => loaders.termsByService.load(id),
    serviceAreas: async ({ id }, _args, { loaders }) =>
      (await loaders.areasByService.load(id)).map(({ text }) => text),
    requiredDocuments: async ({ id }, _args, { loaders }) =>
      (await loaders.documentsByService.load(id)).map(({ text }) => text),
  },
};
