import type { RegisterClientInput, UpdateClientInput } from '../../generated/graphql.ts';
import { emptyRecord, unstatedContact, type PersonalRecord } from './client.ts';
import { noPreferences } from './person.ts';

type Given = Omit<RegisterClientInput, 'needs' | 'notDuplicates' | 'legalName' | 'idempotencyKey'> &
  Pick<UpdateClientInput, 'legalName'>;

const blank = emptyRecord('');

/**
 * The given fields in the form in which they are stored. A field that was left out is absent; null means the
 * empty value.
 */
export function changesOf(given: Given): Partial<PersonalRecord> {
  const { ageBand: statedAgeBand, ...same } = given;
  const asked = { ...same, statedAgeBand, ...structuresOf(given) } as Record<string, unknown>;
  const fields = (Object.keys(blank) as (keyof PersonalRecord)[]).filter(
    (field) => asked[field] !== undefined,
  );
  return Object.fromEntries(fields.map((field) => [field, asked[field] ?? blank[field]]));
}

const blanks = {
  contactPoint: { label: null, extension: null },
  address: { lines: [], city: null, state: null, postalCode: null, isHidden: false },
  coverage: { payer: null, memberId: null, startsOn: null, endsOn: null },
  custody: { facility: null, releaseOn: null },
};

/** Fields that hold objects, with every field of them. */
function structuresOf(given: Given): object {
  return {
    contactPoints: each(given.contactPoints, blanks.contactPoint),
    addresses: each(given.addresses, blanks.address),
    coverages: each(given.coverages, blanks.coverage),
    externalIds: given.externalIds?.map(({ system, value }) => ({
      system: system.trim(),
      value: value.trim(),
    })),
    safeContact: whole(given.safeContact, unstatedContact),
    preferences: whole(given.preferences, noPreferences),
    custody: whole(given.custody, blanks.custody),
    ...nullsOf(given),
  };
}

/** A list or an object that was null is emptied, and not left out. */
function nullsOf(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value === null));
}

function each(list: readonly object[] | null | undefined, empty: object): object[] | undefined {
  return list?.map((one) => ({ ...empty, ...withoutNulls(one) }));
}

function whole(one: object | null | undefined, empty: object): object | undefined {
  return one ? { ...empty, ...withoutNulls(one) } : undefined;
}

export function recordOf({ legalName, ...given }: RegisterClientInput): PersonalRecord {
  return { ...emptyRecord(legalName), ...changesOf(given) };
}

function withoutNulls<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<T>;
}
