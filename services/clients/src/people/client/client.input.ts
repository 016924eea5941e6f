import type { RegisterClientInput, UpdateClientInput } from '../../generated/graphql.ts';
import { emptyRecord, unstatedContact, type ContactPoint, type PersonalRecord } from './client.ts';

type Given = Omit<RegisterClientInput, 'needs' | 'legalName' | 'idempotencyKey'> &
  Pick<UpdateClientInput, 'legalName'>;

const blank = emptyRecord('');

/**
 * The given fields in the form in which they are stored. A field that was left out is absent; null means the
 * empty value.
 */
export function changesOf(given: Given): Partial<PersonalRecord> {
  const { ageBand: statedAgeBand, contactPoints, safeContact, ...same } = given;
  const flat = {
    ...same,
    statedAgeBand,
    contactPoints: contactPoints?.map((point): ContactPoint => ({ ...point, label: point.label ?? null })),
    safeContact: safeContact && { ...unstatedContact, ...withoutNulls(safeContact) },
  };
  const asked = { ...flat, ...(contactPoints === null && { contactPoints: null }) } as Record<
    string,
    unknown
  >;
  const fields = (Object.keys(blank) as (keyof PersonalRecord)[]).filter(
    (field) => asked[field] !== undefined,
  );
  return Object.fromEntries(fields.map((field) => [field, asked[field] ?? blank[field]]));
}

export function recordOf({ legalName, ...given }: RegisterClientInput): PersonalRecord {
  return { ...emptyRecord(legalName), ...changesOf(given) };
}

function withoutNulls<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<T>;
}
