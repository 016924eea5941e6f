import { badInput, readPage, roleForbidden } from '@throughline/graphql';
import { mayReadDirectory } from '../agency/directory-reader.ts';
import type { Service } from '../directory-service/directory-service.ts';
import type { Context, Loaders } from '../../context.ts';
import type { MatchInput, Resolvers } from '../../generated/graphql.ts';
import type { Situation } from './candidate.ts';
import { findCandidates, findPosition, mostCandidates } from './find-candidates.ts';
import { rank, type Excluded, type Match, type Ranking } from './matching.ts';

/** What the query answers; pages are cut in the fields. */
export interface ServiceMatches extends Ranking {
  considered: number;
  truncated: boolean;
}

export const resolvers: Resolvers = {
  Query: {
    serviceMatches: async (_root, { input, first }, context): Promise<ServiceMatches> => {
      if (!mayReadDirectory(context.viewer)) throw roleForbidden();
      return matchServices(context, input, first);
    },
  },
  ServiceMatches: {
    excluded: ({ excluded }, { first }) => excluded.slice(0, readPage({ first }, 'matches').first),
  },
  ServiceMatch: { service: ({ serviceId }: Match, _args, { loaders }) => serviceOf(loaders, serviceId) },
  ExcludedService: {
    service: ({ serviceId }: Excluded, _args, { loaders }) => serviceOf(loaders, serviceId),
  },
};

/** The services for a need, compared with a situation. */
export async function matchServices(
  context: Context,
  input: MatchInput,
  first: number | null | undefined,
): Promise<ServiceMatches> {
  const page = readPage({ first }, 'matches');
  mustBePosition(input);
  const situation = await situationOf(context, input);
  const candidates = await findCandidates(context.db, input.needCategory, context.now());
  const { matches, excluded } = rank(candidates, situation);
  return {
    matches: matches.slice(0, page.first),
    excluded,
    considered: candidates.length,
    truncated: candidates.length === mostCandidates,
  };
}

async function serviceOf(loaders: Loaders, id: string): Promise<Service> {
  const service = await loaders.serviceById.load(id);
  if (!service) throw new Error('a match without its service');
  return service;
}

/** Half of a position would be ignored without a message, and with it the distance. */
function mustBePosition({ latitude, longitude }: MatchInput): void {
  if ((latitude ?? null) === null && (longitude ?? null) === null) return;
  if (typeof latitude === 'number' && typeof longitude === 'number') return;
  throw badInput('input.latitude and input.longitude: Give both or none.');
}

async function situationOf({ db }: Context, input: MatchInput): Promise<Situation> {
  const { latitude, longitude, postalCode, preferences } = input;
  const given =
    typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null;
  return {
    needCategory: input.needCategory,
    ageYears: input.ageYears ?? null,
    language: input.language ?? null,
    interpreterNeeded: input.interpreterNeeded ?? false,
    accessibilityNeeded: input.accessibilityNeeded ?? false,
    county: input.county ?? null,
    postalCode: postalCode ?? null,
    position: given ?? (postalCode ? await findPosition(db, postalCode) : null),
    maximumDistanceKm: input.maximumDistanceKm ?? null,
    insurance: input.insurance ?? null,
    meetsConditions: input.meetsConditions ?? [],
    unsafeAgencyIds: input.unsafeAgencyIds ?? [],
    agencyTypes: input.agencyTypes ?? [],
    preferences: wishedBy(preferences),
    agreementNeeded: input.agreementNeeded ?? true,
  };
}

function wishedBy(preferences: MatchInput['preferences']): Situation['preferences'] {
  return {
    agencyTypes: preferences?.agencyTypes ?? [],
    intakeModes: preferences?.intakeModes ?? [],
    withinKm: preferences?.withinKm ?? null,
    serviceIds: preferences?.serviceIds ?? [],
    counselorGender: preferences?.counselorGender ?? null,
    cultural: preferences?.cultural ?? null,
    faith: preferences?.faith ?? null,
    modalities: preferences?.modalities ?? [],
  };
}
