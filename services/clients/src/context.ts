import { CareReader } from '@throughline/care';
import { causeOf, type ServiceContext, type Viewer } from '@throughline/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { assignmentLoaders } from './casework/assignment/assignment.entity.ts';
import { reassignmentLoaders } from './casework/reassignment/reassignment.entity.ts';
import { caseFileLoaders } from './casework/case-file/case-file.entity.ts';
import { caseManagerLoaders } from './workforce/case-manager/case-manager.entity.ts';
import { caseloadLoaders } from './workforce/caseload/caseload.entity.ts';
import { credentialLoaders } from './workforce/credential/credential.entity.ts';
import { leaveLoaders } from './workforce/leave/leave.entity.ts';
import { clientLoaders } from './people/client/client.loaders.ts';
import { duplicateLoaders } from './people/duplicates/duplicates.entity.ts';
import { responderLoaders } from './people/responder/responder.projection.ts';
import { householdLoaders } from './people/household/household.entity.ts';
import { supportLoaders } from './people/support/support.entity.ts';
import { ownCare } from './people/client/own-care.ts';
import { contactLoaders } from './casework/contact/contact.entity.ts';
import { safetyNetLoaders } from './casework/safety-net/safety-net.loaders.ts';
import { modifierLoaders } from './casework/modifier/modifier.entity.ts';
import { screeningLoaders } from './casework/screening/screening.entity.ts';
import type { ClientsConfig } from './config.ts';
import { agencyLoaders } from './people/agency/agency.entity.ts';
import { consentLoaders } from './consent/consent/consent.entity.ts';
import { closeRequestLoaders } from './casework/closure/close-request.entity.ts';
import { disclosureLoaders } from './consent/disclosure/disclosure.loaders.ts';
import { conversionLoaders } from './casework/conversion/conversion.loaders.ts';
import { callLineLoaders } from './intake/call-line/call-line.entity.ts';
import { inquiryLoaders } from './intake/inquiry/inquiry.entity.ts';
import { triageLoaders } from './intake/triage/triage.entity.ts';
import { needLoaders } from './casework/need/need.entity.ts';

/** One object per request, so that loaders batch and cache per request. */
export function createLoaders(db: EntityManager, care: CareReader, now: () => Date) {
  return {
    ...assignmentLoaders(db),
    ...reassignmentLoaders(db),
    ...agencyLoaders(db),
    ...callLineLoaders(db),
    ...caseFileLoaders(db, care),
    ...closeRequestLoaders(db),
    ...contactLoaders(db, care),
    ...screeningLoaders(db),
    ...modifierLoaders(db),
    ...safetyNetLoaders(db),
    ...caseManagerLoaders(db),
    ...caseloadLoaders(db, now),
    ...credentialLoaders(db),
    ...leaveLoaders(db),
    ...clientLoaders(db, care),
    ...consentLoaders(db, care),
    ...conversionLoaders(db),
    ...disclosureLoaders(db),
    ...inquiryLoaders(db, care),
    ...triageLoaders(db),
    ...needLoaders(db, care),
    ...duplicateLoaders(db),
    ...responderLoaders(db),
    ...supportLoaders(db, care),
    ...householdLoaders(db),
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
  | 'INQUIRY_RETENTION_DAYS'
  | 'PROGRAM_ID'
  | 'PROGRAM_NAME'
  | 'PROGRAM_IS_PART2'
  | 'PROGRAM_CAN_BE_NEUTRAL'
  | 'PROGRAM_TIME_ZONE'
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
    loaders: createLoaders(parts.db.manager, care, parts.now),
  };
}
