import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id } from './fields.ts';

const topic = 'clients.v1';

export const staffRecorded = defineEvent(
  topic,
  'StaffRecorded',
  'Key: staffId. A staff record appeared or changed; other services keep who supervises whom.',
  z.object({
    staffId: id,
    supervisorId: id.nullable(),
    roles: z.array(code),
    timeZone: code.nullable(),
    active: z.boolean(),
  }),
);

export const clientRegistered = defineEvent(
  topic,
  'ClientRegistered',
  'Key: clientId. A client is known from now on.',
  z.object({ clientId: id }),
);

export const clientUpdated = defineEvent(
  topic,
  'ClientUpdated',
  'Key: clientId. changedFields are field names, never values.',
  z.object({ clientId: id, changedFields: z.array(code), version: z.int() }),
);

export const clientAgeGroupChanged = defineEvent(
  topic,
  'ClientAgeGroupChanged',
  'Key: clientId. Age group of the client from now on, never the date of birth; null when the age is not known. reason BIRTHDAY: the client grew older. reason RECORD: it was written down or corrected, and what was told before does not count.',
  z.object({ clientId: id, ageGroup: code.nullable(), reason: code }),
);

export const clientRestrictionChanged = defineEvent(
  topic,
  'ClientRestrictionChanged',
  'Key: clientId. The client restricts all disclosure (45 CFR 164.522, 42 CFR 2.26) or blocks agencies, as of now.',
  z.object({ clientId: id, restrictAll: z.boolean(), blockedAgencyIds: z.array(id).default([]) }),
);

export const caseOpened = defineEvent(
  topic,
  'CaseOpened',
  'Key: clientId. A case was opened for the client.',
  z.object({ clientId: id, caseId: id }),
);

export const caseManagerAssigned = defineEvent(
  topic,
  'CaseManagerAssigned',
  'Key: clientId. caseManagerId is the new primary; null when the case waits in the unassigned queue.',
  z.object({
    clientId: id,
    caseId: id,
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const caseClosed = defineEvent(
  topic,
  'CaseClosed',
  'Key: clientId. The case was closed.',
  z.object({ clientId: id, caseId: id }),
);

export const needRecorded = defineEvent(
  topic,
  'NeedRecorded',
  'Key: clientId. A need was written down.',
  z.object({ needId: id, clientId: id, caseId: id, category: code }),
);

export const needStatusChanged = defineEvent(
  topic,
  'NeedStatusChanged',
  'Key: clientId. The status of a need changed.',
  z.object({ needId: id, clientId: id }),
);

const consentScope = {
  consentId: id,
  clientId: id,
  recipientAgencyIds: z.array(id),
  recipientClasses: z.array(code),
  purposes: z.array(code),
  version: z.int(),
};

export const consentRecorded = defineEvent(
  topic,
  'ConsentRecorded',
  'Key: clientId. A valid consent is in force.',
  z.object(consentScope),
);

export const consentSuperseded = defineEvent(
  topic,
  'ConsentSuperseded',
  'Key: clientId. consentId is the new one; supersededId no longer counts.',
  z.object({ ...consentScope, supersededId: id }),
);

const consentEnded = { consentId: id, clientId: id, version: z.int() };

export const consentRevoked = defineEvent(
  topic,
  'ConsentRevoked',
  'Key: clientId. From now on nothing may leave under this consent.',
  z.object(consentEnded),
);

export const consentExpired = defineEvent(
  topic,
  'ConsentExpired',
  'Key: clientId. The consent ended by its own date or event.',
  z.object(consentEnded),
);
