import {
  assertObjectType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { chance, oneOf } from '../equivalence/chance.ts';
import { leafOf } from './leaf.ts';
import { pageOf } from './page.ts';
import { instruments, serviceMatches } from './plausible.ts';
import { belonging, clients, entity, numberOf, type Thing } from './thing.ts';

export interface Asked {
  parent: Thing | undefined;
  args: Record<string, unknown>;
  parentType: string;
  fieldName: string;
  returnType: GraphQLOutputType;
}

interface Wanted {
  type: GraphQLOutputType;
  field: string;
  of: Thing;
  at: number;
}

const withheldShare = 0.12;
const emptyShare = 0.15;

/** Makes up what fields answer. */
export class Inventor {
  readonly #schema: GraphQLSchema;
  readonly #seed: string;

  constructor(schema: GraphQLSchema, seed: string) {
    this.#schema = schema;
    this.#seed = seed;
  }

  /** The object of that id. */
  named(typename: string, id: string): Thing {
    return entity(typename, numberOf(id), id);
  }

  answer({ parent, args, parentType, fieldName, returnType }: Asked): unknown {
    const { given, id } = parent ?? {};
    if (given && fieldName in given) return given[fieldName];
    if (fieldName === 'id' && id !== undefined) return id;
    const of = parent ?? this.#root(parentType, args);
    const named = getNamedType(returnType);
    if (fieldName === 'instruments' && !parent) return instruments();
    if (fieldName === 'serviceMatches' && !parent) return serviceMatches(this.#seed, args);
    if (named.name === 'FieldAccess') return this.#accessOf(of);
    if (named.name.endsWith('Connection'))
      return pageOf(this.#entries(named.name, of, { fieldName, args }), args);
    return this.#isWithheld(of, fieldName)
      ? null
      : this.#value({ type: returnType, field: fieldName, of, at: 0 });
  }

  /** Where a query begins: another object for other arguments. */
  #root(typename: string, args: Record<string, unknown>): Thing {
    const asked = JSON.stringify(args);
    const number = asked === '{}' ? 0 : Math.floor(chance(this.#seed, asked) * clients);
    return { __typename: typename, number, about: `${typename}/${asked}` };
  }

  #value({ type, field, of, at }: Wanted): unknown {
    const bare = getNullableType(type);
    const about = [this.#seed, of.about, field, String(at)].join('/');
    if (isListType(bare)) {
      const length = 1 + Math.floor(chance('length', about) * 3);
      return Array.from({ length }, (_, index) => this.#value({ type: bare.ofType, field, of, at: index }));
    }
    if (isLeafType(bare)) {
      if (!isNonNullType(type) && chance('empty', about) < emptyShare) return null;
      if (isEnumType(bare)) return oneOf(bare.getValues(), about).value as unknown;
      return leafOf({ field, scalar: bare.name, of, about });
    }
    const chosen = isAbstractType(bare) ? oneOf(this.#schema.getPossibleTypes(bare), about) : bare;
    return this.#object(assertObjectType(chosen), { field, of, at });
  }

  #object({ name }: GraphQLObjectType, { field, of, at }: Omit<Wanted, 'type'>): Thing {
    if (this.#fieldsOf(name).some((one) => one.name === 'id'))
      return at === 0 ? entity(name, of.number) : belonging(name, of.number, at);
    return { __typename: name, number: of.number, about: `${of.about}/${field}/${at}` };
  }

  /** All pages are of one list, whose entries have the values that were filtered by. */
  #entries(
    connectionType: string,
    of: Thing,
    { fieldName, args }: Pick<Asked, 'fieldName' | 'args'>,
  ): Thing[] {
    const typename = this.#nameIn(this.#nameIn(connectionType, 'edges'), 'node');
    const isOfAll = of.id === undefined;
    const length = isOfAll ? clients : 5 + Math.floor(chance(this.#seed, of.about, fieldName) * 30);
    const entries = Array.from({ length }, (_, at) =>
      isOfAll ? entity(typename, at) : belonging(typename, of.number, at),
    ).filter((one) => this.#fits(one, args));
    return args.order === 'ASC' ? entries.reverse() : entries;
  }

  #nameIn(typename: string, field: string): string {
    const found = this.#fieldsOf(typename).find(({ name }) => name === field);
    if (!found) throw new Error(`${typename} has no ${field}`);
    return getNamedType(found.type).name;
  }

  /** `status: [SENT]`, `codes: […]`: the entry has one of those values in the field of that name. */
  #fits(node: Thing, args: Record<string, unknown>): boolean {
    return Object.entries(args).every(([name, wanted]) => {
      const field = this.#fieldsOf(node.__typename).find(
        (one) => name === one.name || name === `${one.name}s`,
      );
      if (!field || !Array.isArray(wanted) || wanted.length === 0) return true;
      return wanted.includes(this.#value({ type: field.type, field: field.name, of: node, at: 0 }));
    });
  }

  #fieldsOf(typename: string): GraphQLField<unknown, unknown>[] {
    const type = this.#schema.getType(typename);
    return isObjectType(type) ? Object.values(type.getFields()) : [];
  }

  #accessOf(of: Thing): Thing[] {
    return this.#maybeWithheld(of.__typename).map(({ name }) => {
      const allowed = !this.#isWithheld(of, name);
      const given = { field: name, allowed, reason: allowed ? 'OK' : 'NOT_ASSIGNED' };
      return { __typename: 'FieldAccess', number: 0, about: 'access', given };
    });
  }

  #isWithheld(of: Thing, field: string): boolean {
    if (chance(this.#seed, 'withheld', of.about, field) >= withheldShare) return false;
    return this.#maybeWithheld(of.__typename).some(({ name }) => name === field);
  }

  /** What an object with `access` says of itself; what leads to other objects is theirs to tell. */
  #maybeWithheld(typename: string): GraphQLField<unknown, unknown>[] {
    const fields = this.#fieldsOf(typename);
    if (!fields.some(({ name }) => name === 'access')) return [];
    return fields.filter(({ type }) => {
      const { name } = getNamedType(type);
      return (
        !isNonNullType(type) &&
        !/(Connection|FieldAccess)$/.test(name) &&
        !this.#fieldsOf(name).some((one) => one.name === 'id')
      );
    });
  }
}
