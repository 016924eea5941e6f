import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id, instant } from './fields.ts';

const topic = 'clients.v1';

/** Key: staffId. A staff record appeared or changed; other services keep who supervises whom. */
export const staffRecorded = defineEvent(
  topic,
  'StaffRecorded',
  z.object({
    staffId: id,
    supervisorId: id.nullable(),
    roles: z.array(code),
    timeZone: code.nullable(),
    active: z.boolean(),
  }),
);

/** Key: clientId. */
export const clientRegistered = defineEvent(
  topic,
  'ClientRegistered',
  z.object({ clientId: id, populations: z.array(code), language: code.nullable() }),
);

/** Key: clientId. `changedFields` are field names, never values. */
export const clientUpdated = defineEvent(
  topic,
  'ClientUpdated',
  z.object({ clientId: id, changedFields: z.array(code), version: z.int() }),
);

/** Key: clientId. A restriction on all disclosure (45 CFR 164.522, 42 CFR 2.26) was set or lifted. */
export const clientRestrictionChanged = defineEvent(
  topic,
  'ClientRestrictionChanged',
  z.object({ clientId: id, restrictAll: z.boolean() }),
);

/** Key: clientId. */
export const caseOpened = defineEvent(
  topic,
  'CaseOpened',
  z.object({ clientId: id, caseId: id, status: code }),
);

/** Key: clientId. `caseManagerId` is the new primary; null when the case waits in the unassigned queue. */
export const caseManagerAssigned = defineEvent(
  topic,
  'CaseManagerAssigned',
  z.object({
    clientId: id,
    caseId: id,
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
    previousCaseManagerId: id.nullable(),
  }),
);

/** Key: clientId. */
export const caseClosed = defineEvent(
  topic,
  'CaseClosed',
  z.object({ clientId: id, caseId: id, reason: code }),
);

/** Key: clientId. `clientRank` is the client's own ranking, 1 = most important. */
export const needRecorded = defineEvent(
  topic,
  'NeedRecorded',
  z.object({ needId: id, clientId: id, caseId: id, category: code, clientRank: z.int().nullable() }),
);

/** Key: clientId. */
export const needStatusChanged = defineEvent(
  topic,
  'NeedStatusChanged',
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

/** Key: clientId. A valid consent is in force. */
export const consentRecorded = defineEvent(topic, 'ConsentRecorded', z.object(consentScope));

/** Key: clientId. `consentId` is the new one; `supersededId` no longer counts. */
export const consentSuperseded = defineEvent(
  topic,
  'ConsentSuperseded',
  z.object({ ...consentScope, supersededId: id }),
);

const consentEnded = { consentId: id, clientId: id, endedAt: instant, version: z.int() };

/** Key: clientId. From `endedAt` on nothing may leave under this consent. */
export const consentRevoked = defineEvent(topic, 'ConsentRevoked', z.object(consentEnded));

/** Key: clientId. */
export const consentExpired = defineEvent(topic, 'ConsentExpired', z.object(consentEnded));
