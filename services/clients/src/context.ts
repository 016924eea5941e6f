import type { CareOfClients } from '@throughline/command';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { caseFileLoaders } from './casework/case-file/case-file.entity.ts';
import { caseManagerLoaders } from './workforce/case-manager/case-manager.entity.ts';
import { reachOf, type Care } from './people/client/client.access.ts';
import { careLoader, clientLoaders, findCare } from './people/client/client.loaders.ts';
import type { ClientsConfig } from './config.ts';
import { consentLoaders } from './consent/consent/consent.entity.ts';
import { disclosureLoaders } from './consent/disclosure/disclosure.loaders.ts';
import { needLoaders } from './casework/need/need.entity.ts';

/** One object a request, so that loaders batch and forget per request. */
export function createLoaders(db: EntityManager) {
  const careByClient = careLoader(db);
  return {
    careByClient,
    ...caseFileLoaders(db, careByClient),
    ...caseManagerLoaders(db),
    ...clientLoaders(db, careByClient),
    ...consentLoaders(db, careByClient),
    ...disclosureLoaders(db),
    ...needLoaders(db, careByClient),
  };
}

export interface Context extends ServiceContext<ReturnType<typeof createLoaders>> {
  care: CareOfClients<Care>;
  config: Program;
  /** Of the program: the last day of a consent ends at its midnight. */
  timeZone: string;
}

const care: CareOfClients<Care> = {
  careIn: async (tx, ids) => new Map((await findCare(tx, ids)).map((found) => [found.clientId, found])),
  mayChange: (viewer, found, part) => {
    const reach = reachOf(viewer, found);
    if (reach === 'INTAKE') return part === 'IDENTITY' || part === 'SOCIAL';
    return reach === 'PRIVACY' ? part === 'CONSENTS' : reach === 'FULL';
  },
};

/** What the service must know of the program that runs it. */
export type Program = Pick<
  ClientsConfig,
  'PROGRAM_ID' | 'PROGRAM_NAME' | 'PROGRAM_IS_PART2' | 'PROGRAM_CAN_BE_NEUTRAL' | 'PROGRAM_TIME_ZONE'
>;

export interface ContextParts {
  db: DataSource;
  config: Program;
  now: () => Date;
}

export function createContext(parts: ContextParts, viewer: Viewer, requestId: string): Context {
  return {
    ...parts,
    viewer,
    timeZone: parts.config.PROGRAM_TIME_ZONE,
    cause: causeOf(viewer, requestId),
    care,
    loaders: createLoaders(parts.db.manager),
  };
}
