import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id, instant } from './fields.ts';

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
  z.object({ clientId: id, populations: z.array(code), language: code.nullable() }),
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
  z.object({ clientId: id, caseId: id, status: code }),
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
    previousCaseManagerId: id.nullable(),
  }),
);

export const caseClosed = defineEvent(
  topic,
  'CaseClosed',
  'Key: clientId. The case was closed, for a coded reason.',
  z.object({ clientId: id, caseId: id, reason: code }),
);

export const needRecorded = defineEvent(
  topic,
  'NeedRecorded',
  "Key: clientId. clientRank is the client's own ranking, 1 = most important.",
  z.object({ needId: id, clientId: id, caseId: id, category: code, clientRank: z.int().nullable() }),
);

export const needStatusChanged = defineEvent(
  topic,
  'NeedStatusChanged',
  'Key: clientId. A need moved from one status to another.',
  z.object({ needId: id, clientId: id, from: code, to: code }),
);

const consentScope = {
  consentId: id,
  clientId: id,
  kind: code,
  recipientAgencyIds: z.array(id),
  recipientClasses: z.array(code),
  purposes: z.array(code),
  categories: z.array(code),
  expiresOn: z.iso.date().nullable(),
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

const consentEnded = { consentId: id, clientId: id, endedAt: instant, version: z.int() };

export const consentRevoked = defineEvent(
  topic,
  'ConsentRevoked',
  'Key: clientId. From endedAt on nothing may leave under this consent.',
  z.object(consentEnded),
);

export const consentExpired = defineEvent(
  topic,
  'ConsentExpired',
  'Key: clientId. The consent ended by its own date or event.',
  z.object(consentEnded),
);
