import type { OpenInquiryInput } from '../../generated/graphql.ts';
import type { InputIssue } from '@throughline/graphql/problems';
import { readPhone } from '../../people/phone/phone.ts';
import type { InquiryRecord } from './inquiry.ts';

const blank: InquiryRecord = {
  ...{ channel: 'CALL', callerRelation: 'OTHER', anonymous: false, callerName: null, callbackNumber: null },
  ...{ callbackExtension: null, safeToCallBack: null, presentingConcern: null, notes: null, language: null },
  ...{ state: null, urgency: 'ROUTINE', callLineId: null },
};

type Fields = Omit<OpenInquiryInput, 'idempotencyKey' | 'receivedAt'>;
type Given = { [Field in keyof Fields]?: Fields[Field] | null | undefined };

/** The fields that were given, as they are stored; null means the empty value. */
export function changesOf(given: Given): Partial<InquiryRecord> {
  const fields = Object.keys(blank) as (keyof InquiryRecord)[];
  const asked = fields.filter((field) => given[field] !== undefined);
  return {
    ...Object.fromEntries(asked.map((field) => [field, given[field] ?? blank[field]])),
    ...(typeof given.state === 'string' && { state: given.state.toUpperCase() }),
    ...numberOf(given),
  };
}

/** A number takes its own extension with it, unless another is given. */
function numberOf({ callbackNumber, callbackExtension }: Given): Partial<InquiryRecord> {
  if (callbackNumber === undefined) return {};
  const phone = callbackNumber === null ? null : readPhone(callbackNumber);
  return {
    callbackNumber: phone?.number ?? null,
    callbackExtension: callbackExtension ?? phone?.extension ?? null,
  };
}

export function recordOf(given: Given): InquiryRecord {
  return { ...blank, ...changesOf(given) };
}

/** A number that nobody can dial is refused before it is forgotten. */
export function numberFaults({ callbackNumber }: Pick<Given, 'callbackNumber'>): InputIssue[] {
  if (!callbackNumber || readPhone(callbackNumber)) return [];
  const message =
    'Write the number with its area code; an extension may follow, for example 305-555-0123 ext. 42.';
  return [{ path: 'callbackNumber', code: 'INVALID_FORMAT', message }];
}
