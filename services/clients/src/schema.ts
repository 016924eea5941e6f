import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as assignment } from './casework/assignment/assignment.resolvers.ts';
import { resolvers as reassignment } from './casework/reassignment/reassignment.resolvers.ts';
import { resolvers as reassignmentTask } from './casework/reassignment-task/reassignment-task.resolvers.ts';
import { resolvers as suggestion } from './casework/suggestion/suggestion.resolvers.ts';
import { resolvers as caseFile } from './casework/case-file/case-file.resolvers.ts';
import { resolvers as caseManager } from './workforce/case-manager/case-manager.resolvers.ts';
import { resolvers as caseload } from './workforce/caseload/caseload.resolvers.ts';
import { resolvers as credential } from './workforce/credential/credential.resolvers.ts';
import { resolvers as credentialType } from './workforce/credential-type/credential-type.resolvers.ts';
import { resolvers as programModel } from './workforce/program-model/program-model.resolvers.ts';
import { resolvers as leave } from './workforce/leave/leave.resolvers.ts';
import { resolvers as approval } from './casework/approval/approval.resolvers.ts';
import { resolvers as closeRequest } from './casework/close-request/close-request.resolvers.ts';
import { resolvers as closure } from './casework/closure/closure.resolvers.ts';
import { resolvers as contact } from './casework/contact/contact.resolvers.ts';
import { resolvers as screening } from './casework/screening/screening.resolvers.ts';
import { resolvers as nextStep } from './casework/next-step/next-step.resolvers.ts';
import { resolvers as modifier } from './casework/modifier/modifier.resolvers.ts';
import { resolvers as safetyNet } from './casework/safety-net/safety-net.resolvers.ts';
import { resolvers as client } from './people/client/client.resolvers.ts';
import { resolvers as duplicates } from './people/duplicates/duplicates.resolvers.ts';
import { resolvers as responder } from './people/responder/responder.resolvers.ts';
import { resolvers as attention } from './people/attention/attention.resolvers.ts';
import { resolvers as household } from './people/household/household.resolvers.ts';
import { resolvers as support } from './people/support/support.resolvers.ts';
import { resolvers as search } from './people/search/search.resolvers.ts';
import { resolvers as consent } from './consent/consent/consent.resolvers.ts';
import { resolvers as disclosure } from './consent/disclosure/disclosure.resolvers.ts';
import { resolvers as registration } from './casework/registration/registration.resolvers.ts';
import { resolvers as conversion } from './casework/conversion/conversion.resolvers.ts';
import { resolvers as callLine } from './intake/call-line/call-line.resolvers.ts';
import { resolvers as callback } from './intake/callback/callback.resolvers.ts';
import { resolvers as desk } from './intake/desk/desk.resolvers.ts';
import { resolvers as ending } from './intake/ending/ending.resolvers.ts';
import { resolvers as inquiry } from './intake/inquiry/inquiry.resolvers.ts';
import { resolvers as triage } from './intake/triage/triage.resolvers.ts';
import { resolvers as need } from './casework/need/need.resolvers.ts';
import { resolvers as releaseBasis } from './consent/consent/release-basis.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'clients',
    sourceDir: import.meta.dirname,
    slices: [
      client,
      search,
      support,
      household,
      attention,
      duplicates,
      responder,
      registration,
      assignment,
      suggestion,
      reassignment,
      reassignmentTask,
      caseFile,
      closeRequest,
      closure,
      approval,
      contact,
      screening,
      nextStep,
      safetyNet,
      modifier,
      caseManager,
      caseload,
      credential,
      credentialType,
      programModel,
      leave,
      need,
      callLine,
      triage,
      inquiry,
      callback,
      ending,
      desk,
      conversion,
      consent,
      releaseBasis,
      disclosure,
    ],
    logger,
  });
}
