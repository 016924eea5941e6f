import type { Change, Decision } from '@throughline/command/decision';
import { clientUpdated, uuidV7, type Fact } from '@throughline/events';
import { type InputIssue, invalidInput, invalidTransition, issueAt } from '@throughline/graphql/problems';
import { isEmail } from '../../workforce/case-manager/case-manager.ts';
import type { Client, ContactPoint } from '../client/client.ts';

export type Relation =
  | 'PARENT'
  | 'GUARDIAN'
  | 'PARTNER'
  | 'CHILD'
  | 'SIBLING'
  | 'RELATIVE'
  | 'FRIEND'
  | 'SPONSOR'
  | 'NEIGHBOR'
  | 'FAITH_LEADER'
  | 'TEACHER'
  | 'PROBATION_OFFICER'
  | 'PRIMARY_CARE'
  | 'OTHER';

/** What staff records of somebody around the client. */
export interface SupportRecord {
  name: string;
  relation: Relation;
  contactPoints: ContactPoint[];
  preferredLanguage: string | null;
  livesWithClient: boolean;
  isEmergencyContact: boolean;
  isGuardian: boolean;
  /** The consent of the client under which the person may receive information. */
  consentId: string | null;
  isRestricted: boolean;
  restrictionNote: string | null;
}

export interface SupportPerson extends SupportRecord {
  id: string;
  clientId: string;
  recordedAt: Date;
  recordedBy: string;
  endedAt: Date | null;
  version: number;
}

export const unknownSupport: Omit<SupportRecord, 'name' | 'relation'> = {
  contactPoints: [],
  preferredLanguage: null,
  livesWithClient: false,
  isEmergencyContact: false,
  isGuardian: false,
  consentId: null,
  isRestricted: false,
  restrictionNote: null,
};

const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * Faults of a support person. Whom the client must be kept safe from is no emergency contact and receives nothing.
 * Source: infra/reference/domain.md 8.3.
 */
export function supportFaults(record: SupportRecord): InputIssue[] {
  const { isRestricted, isEmergencyContact, consentId, contactPoints } = record;
  const restricted = 'A restricted person must learn nothing.';
  return [
    ...(isRestricted && isEmergencyContact ? [issueAt('isEmergencyContact', 'RESTRICTED', restricted)] : []),
    ...(isRestricted && consentId !== null ? [issueAt('consentId', 'RESTRICTED', restricted)] : []),
    ...contactPoints.flatMap(({ kind, value }, index) => {
      const ok = kind === 'PHONE' ? e164.test(value) : isEmail(value);
      return ok
        ? []
        : [
            issueAt(
              `contactPoints.${String(index)}.value`,
              'INVALID_FORMAT',
              'Not a number in E.164 form or an address.',
            ),
          ];
    }),
  ];
}

/** A new support person. `hasConsent`: the consent is one of the client and in force. */
export function addSupport(
  { id: clientId, version }: Client,
  record: SupportRecord,
  by: { staffId: string; hasConsent: boolean },
  now: Date,
): Decision<SupportPerson, never> {
  const faults = [...supportFaults(record), ...consentFault(record, by.hasConsent)];
  if (faults.length > 0) return invalidInput(faults);
  const identity = { id: uuidV7(now), clientId, recordedAt: now, recordedBy: by.staffId, endedAt: null };
  return { insert: { ...record, ...identity, version: 1 }, facts: [changed(clientId, version, now)] };
}

/** Changes the given fields of a support person who still counts. */
export function changeSupport(
  person: SupportPerson,
  changes: Partial<SupportRecord>,
  to: { hasConsent: boolean; clientVersion: number },
  now: Date,
): Decision<never, SupportPerson> {
  if (person.endedAt) return invalidTransition('ENDED', 'updateSupportPerson', []);
  const update = { ...person, ...changes };
  const faults = [...supportFaults(update), ...consentFault(changes, to.hasConsent)];
  return faults.length > 0
    ? invalidInput(faults)
    : { update, facts: [changed(person.clientId, to.clientVersion, now)] };
}

/** The person no longer supports the client; the record stays. */
export function endSupport(
  person: SupportPerson,
  clientVersion: number,
  now: Date,
): Change<never, SupportPerson> | ReturnType<typeof invalidTransition> {
  if (person.endedAt) return invalidTransition('ENDED', 'endSupportPerson', []);
  return { update: { ...person, endedAt: now }, facts: [changed(person.clientId, clientVersion, now)] };
}

function consentFault({ consentId }: Partial<SupportRecord>, hasConsent: boolean): InputIssue[] {
  if (!consentId || hasConsent) return [];
  return [issueAt('consentId', 'UNKNOWN', 'This is not a consent of the client that is in force.')];
}

function changed(clientId: string, version: number, now: Date): Fact {
  return clientUpdated.of(clientId, now, { clientId, changedFields: ['supportPersons'], version });
}
