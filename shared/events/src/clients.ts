import { z } from 'zod';
import { defineEvent, defineRestrictedEvent } from './define-event.ts';
import { code, id, instant } from './fields.ts';

const topic = 'clients.v1';

export const staffRecorded = defineEvent(
  topic,
  'StaffRecorded',
  'Key: staffId. A staff record appeared or changed; other services keep who supervises whom, who is away, and who stands in.',
  z.object({
    staffId: id,
    supervisorId: id.nullable(),
    roles: z.array(code),
    timeZone: code.nullable(),
    active: z.boolean(),
    away: z.boolean().default(false),
    coverId: id.nullable().default(null),
  }),
);

export const caseloadBandChanged = defineEvent(
  topic,
  'CaseloadBandChanged',
  'Key: staffId. The caseload of a member of staff entered another band: OK, WARNING or OVER.',
  z.object({ staffId: id, band: code }),
);

export const credentialExpiring = defineEvent(
  topic,
  'CredentialExpiring',
  'Key: staffId. The last day of a credential is near. daysLeft: 180, 90, 60, 30, 7 or 0, in days of the program.',
  z.object({ staffId: id, credentialId: id, daysLeft: z.int() }),
);

export const credentialExpired = defineEvent(
  topic,
  'CredentialExpired',
  'Key: staffId. The last day of a credential is over. inGrace: it can still be renewed late; false: it takes no new assignment any more.',
  z.object({ staffId: id, credentialId: id, inGrace: z.boolean() }),
);

export const staffQualificationTold = defineEvent(
  topic,
  'StaffQualificationTold',
  'Key: staffId. Whether a verified credential qualifies the person now; without one a supervisor signs, too. Source: infra/reference/domain.md 1.3.',
  z.object({ staffId: id, isQualified: z.boolean() }),
);

export const credentialChanged = defineEvent(
  topic,
  'CredentialChanged',
  'Key: staffId. What a credential permits from now on. counts: it is verified, and neither suspended, revoked nor given up. Source: infra/reference/domain.md 1.3, 1.5.',
  z.object({
    staffId: id,
    credentialId: id,
    typeCode: code,
    validUntil: z.iso.date().nullable(),
    counts: z.boolean(),
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

export const clientContactRuleChanged = defineRestrictedEvent(
  { topic: 'clients.restricted.v1', readers: ['notifications'] },
  'ClientContactRuleChanged',
  'Key: clientId. How the client may be contacted from now on. contactProhibited: not at all. allowedMethods: CALL, TEXT, EMAIL, IN_PERSON or MAIL; empty: none was named. mayBeLeft: words may wait where others find them. deceased: the client has died. Whom no such fact names has named no rule.',
  z.object({
    clientId: id,
    contactProhibited: z.boolean(),
    allowedMethods: z.array(code),
    mayBeLeft: z.boolean(),
    mayMentionProgram: z.boolean(),
    deceased: z.boolean(),
  }),
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

const caseRole = { clientId: id, caseId: id, staffId: id, role: code };

export const caseRoleAssigned = defineEvent(
  topic,
  'CaseRoleAssigned',
  'Key: clientId. Somebody works on the case in addition to the primary case manager: SECONDARY, BACKUP, PEER or SUPERVISOR.',
  z.object(caseRole),
);

export const caseRoleEnded = defineEvent(
  topic,
  'CaseRoleEnded',
  'Key: clientId. Somebody no longer has this role on the case.',
  z.object(caseRole),
);

export const caseClosed = defineEvent(
  topic,
  'CaseClosed',
  'Key: clientId. The case was closed. reason DECEASED: what is under way for the client ends at once.',
  z.object({ clientId: id, caseId: id, reason: code.default('ADMINISTRATIVE') }),
);

export const clientDied = defineRestrictedEvent(
  { topic: 'clients.restricted.v1', readers: ['treatment'] },
  'ClientDied',
  'Key: clientId. The person died on this day, which may be long before the case was closed.',
  z.object({ clientId: id, diedOn: z.iso.date() }),
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
  z.object({ needId: id, clientId: id, status: code.nullable().default(null) }),
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

export const inquiryInCrisis = defineEvent(
  topic,
  'InquiryInCrisis',
  'Key: inquiryId. A caller is in a crisis. handledById is the member of staff who talks with the caller.',
  z.object({ inquiryId: id, handledById: id }),
);

export const callbackDue = defineEvent(
  topic,
  'CallbackDue',
  'Key: inquiryId. A call that handledById promised for dueAt is due, and nobody calls yet.',
  z.object({ inquiryId: id, handledById: id, dueAt: instant }),
);

export const callbackMissed = defineEvent(
  topic,
  'CallbackMissed',
  'Key: inquiryId. The time of a call that handledById promised has passed, and nobody called.',
  z.object({ inquiryId: id, handledById: id }),
);

export const inquiryConverted = defineEvent(
  topic,
  'InquiryConverted',
  'Key: clientId. A first contact led to this client, or came from this client. receivedAt: when it came in; null in facts of releases before.',
  z.object({ inquiryId: id, clientId: id, receivedAt: instant.nullable().default(null) }),
);
