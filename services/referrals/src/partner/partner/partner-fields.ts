import type { DenyCode } from '@throughline/privacy';
import type { PartnerPerson } from '../../generated/graphql.ts';
import {
  answerFieldNames,
  answerFields,
  type AnswerFieldName,
} from '../../referral/disclosure/answer-fields.ts';
import { isBlind, shows, type PartnerView } from './partner-view.ts';

/** Always answered: who may read a referral at all knows its id, and sees at least a tombstone. */
const unconditional: ReadonlySet<AnswerFieldName> = new Set(['id', 'status']);

/** A field of the answer; null when it is withheld, or when nothing is on record. */
export function answer<Name extends AnswerFieldName>(
  view: PartnerView,
  name: Name,
): ReturnType<(typeof answerFields)[Name]['value']> | null {
  const { opens, value } = answerFields[name];
  return shows(view, opens) ? (value(view) as ReturnType<(typeof answerFields)[Name]['value']>) : null;
}

export interface Access {
  field: string;
  allowed: boolean;
  reason: string;
}

/** Every field that depends on consent, stage and need, with the reason when it is withheld. */
export function accessOf(view: PartnerView): Access[] {
  const { decision } = view;
  const denied = new Map(decision.denied.map(({ field, code }) => [field, code]));
  const general = decision.kind === 'DENY' ? decision.codes[0] : undefined;
  const named = answerFieldNames.filter((name) => !unconditional.has(name));
  return named.map((field) => {
    const name = answerFields[field].opens;
    const allowed = shows(view, name);
    return { field, allowed, reason: allowed ? 'OK' : reasonShown(denied.get(name) ?? general) };
  });
}

/** A protected address, a blocked agency and a restriction are themselves information about the person. */
const untold: ReadonlySet<string> = new Set<DenyCode>(['SAFETY_BLOCK', 'RESTRICTED']);

function reasonShown(code: DenyCode | undefined): DenyCode {
  return code === undefined || untold.has(code) ? 'MIN_NECESSARY' : code;
}

const ofPerson = answerFieldNames.filter((name) => name.startsWith('person.'));

/** The person, field by field; null when there is nothing to show. */
export function personOf(view: PartnerView): PartnerPerson | null {
  if (isBlind(view)) return null;
  const entries = ofPerson.map((name) => [name.slice('person.'.length), answer(view, name)] as const);
  return entries.some(([, value]) => value !== null) ? (Object.fromEntries(entries) as PartnerPerson) : null;
}
