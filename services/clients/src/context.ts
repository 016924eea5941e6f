import { CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { caseFileLoaders } from './casework/case-file/case-file.entity.ts';
import { caseManagerLoaders } from './workforce/case-manager/case-manager.entity.ts';
import { clientLoaders } from './people/client/client.loaders.ts';
import { ownCare } from './people/client/own-care.ts';
import type { ClientsConfig } from './config.ts';
import { consentLoaders } from './consent/consent/consent.entity.ts';
import { disclosureLoaders } from './consent/disclosure/disclosure.loaders.ts';
import { needLoaders } from './casework/need/need.entity.ts';

/** One object per request, so that loaders batch and cache per request. */
export function createLoaders(db: EntityManager, care: CareReader) {
  return {
    ...caseFileLoaders(db, care),
    ...caseManagerLoaders(db),
    ...clientLoaders(db, care),
    ...consentLoaders(db, care),
    ...disclosureLoaders(db),
    ...needLoaders(db, care),
  };
}

export interface Context extends ServiceContext<ReturnType<typeof createLoaders>> {
  care: CareReader;
  config: Program;
  /** Time zone of the program: the last day of a consent ends at its midnight. */
  timeZone: string;
}

/** Facts about the program that the service needs. */
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
  const care = new CareReader(ownCare, { ...parts, viewer });
  return {
    ...parts,
    viewer,
    timeZone: parts.config.PROGRAM_TIME_ZONE,
    cause: causeOf(viewer, requestId),
    care,
    loaders: createLoaders(parts.db.manager, care),
  };
}
