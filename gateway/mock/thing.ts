import { createHash } from 'node:crypto';

/**
 * An object of the mock. What its fields answer follows from `about` and the seed alone: in any order, in any process
 * it is the same. Objects that belong together share a number, modulo the number of clients.
 */
export interface Thing {
  __typename: string;
  number: number;
  about: string;
  id?: string;
  /** Fields that are known already. */
  given?: Readonly<Record<string, unknown>>;
}

/** There are so many clients; of what belongs to one of them there may be any number. */
export const clients = 24;
const amounts: Readonly<Record<string, number>> = {
  Client: clients,
  StaffMember: 4,
  Agency: 6,
  Service: 12,
  Location: 8,
  Instrument: 4,
};
const shape = /^0199a000-[0-9a-f]{4}-7000-8000-([0-9a-f]{12})$/;

/** An id that belongs to nobody: to see what a screen shows then. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/** The object of a type that another with this number leads to. */
export function entity(typename: string, number: number, id?: string): Thing {
  const own = number % (amounts[typename] ?? Infinity);
  return {
    __typename: typename,
    number: own,
    about: `${typename}/${own}`,
    id: id ?? idOf(typename, own),
  };
}

/** The at-th of those of a type that belong to the object with this number. */
export function belonging(typename: string, number: number, at: number): Thing {
  const isShared = typename !== 'Client' && typename in amounts;
  return entity(typename, isShared ? number + at : (number % clients) + clients * at);
}

/** The id, a UUID, of the object of that type and number. */
export function idOf(typename: string, number: number): string {
  const type = createHash('sha256').update(typename).digest('hex').slice(0, 4);
  return `0199a000-${type}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** The number that an id says, or one that only this id has something to do with. */
export function numberOf(id: string): number {
  const [, own] = shape.exec(id) ?? [];
  return own ? Number.parseInt(own, 16) : createHash('sha256').update(id).digest().readUInt16BE(0) % clients;
}
